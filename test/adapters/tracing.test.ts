import { expect } from 'chai'
import { noTracing, overTraces } from '../../application/ports/tracing.ts'
import { recordedTracing } from '../support/recorded-tracing.ts'

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'
const PARENT = `00-${TRACE}-00f067aa0ba902b7-01`
const BATCH = ['batch', { kind: 'consumer' }] as const

describe('tracing', () => {
  it('goes on with the trace that is named', () => {
    const { tracing, spans } = recordedTracing()
    const span = tracing.open('one', { kind: 'consumer', parent: PARENT })
    span?.end()
    expect(span?.traceParent).to.match(new RegExp(`^00-${TRACE}-[0-9a-f]{16}-01$`))
    expect(spans()[0]?.parentSpanContext?.spanId).to.equal('00f067aa0ba902b7')
  })

  for (const bad of ['', 'x', '00-0-0-01', `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`, `ff-${TRACE}-00f067aa0ba902b7-01`, PARENT.toUpperCase(),
    `00-${TRACE}-00f067aa0ba902b7`, `${PARENT}x`])
    it(`begins one of its own when "${bad}" is named (E88)`, () => {
      const { tracing, spans } = recordedTracing()
      tracing.open('one', { kind: 'consumer', parent: bad })?.end()
      expect(spans()).to.have.length(1)
      expect(spans()[0]?.parentSpanContext).to.equal(undefined)
    })

  it('records nothing of a trace that nobody records', () => {
    const { tracing, spans } = recordedTracing()
    expect(tracing.open('one', { kind: 'consumer', parent: PARENT.replace(/01$/, '00') })).to.equal(undefined)
    expect(spans()).to.deep.equal([])
  })

  it('says of an error its class only, and passes it on', async () => {
    const { tracing, spans } = recordedTracing()
    const cause = new TypeError('rahasia')
    const failed = await tracing.within('one', { kind: 'client' }, () => Promise.reject(cause)).catch((thrown: unknown) => thrown)
    expect(failed).to.equal(cause)
    expect(spans()[0]?.attributes).to.deep.equal({ 'error.type': 'TypeError' })
    expect(spans()[0]?.status).to.deep.equal({ code: 2 })
    expect(spans()[0]?.events).to.deep.equal([])
  })

  it('puts a batch of one into its trace, and links one of several to theirs', async () => {
    const { tracing, spans } = recordedTracing()
    const other = PARENT.replace(TRACE, TRACE.split('').reverse().join(''))
    await overTraces(tracing, [PARENT, PARENT], BATCH, () => Promise.resolve())
    await overTraces(tracing, [PARENT, other], BATCH, () => Promise.resolve())
    await overTraces(tracing, [], BATCH, () => Promise.resolve())
    expect(spans().map((span) => [span.spanContext().traceId === TRACE, span.links.length])).to.deep.equal([[true, 0], [false, 2]])
  })

  it('does the work and nothing else when it is off', async () => {
    expect(await overTraces(noTracing, [PARENT], BATCH, (span) => Promise.resolve(span))).to.equal(undefined)
    expect(await noTracing.inside('one', { kind: 'client' }, () => Promise.resolve(1))).to.equal(1)
    expect(noTracing.open('one', { kind: 'client' })).to.equal(undefined)
  })
})
