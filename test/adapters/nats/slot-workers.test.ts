import { expect } from 'chai'
import { slotWorkers } from '../../../adapters/inbound/nats/slot-workers.ts'
import type { Allowance, Waiting } from '../../../adapters/inbound/nats/fair-queue.ts'
import { tokenBucket } from '../../../adapters/inbound/nats/token-bucket.ts'
import { eventually } from '../../support/eventually.ts'

const SLOW_MS = 40

const entries = (line: string, count: number, more: Partial<Waiting> = {}): ReadonlyArray<Waiting> =>
  Array.from({ length: count }, () => ({ line, lockGroup: 0, weight: 1, items: 1, bytes: 1, background: false, ...more }))

/** Workers of two slots that take a while; `log` holds which lines each batch was of, and how many were in flight then. */
const workers = (allowanceOf: () => Allowance | undefined = () => undefined) => {
  const log: { readonly lines: string; readonly items: number; readonly inFlight: number; readonly atMs: number }[] = []
  let inFlight = 0
  const begun = performance.now()
  const work = slotWorkers<Waiting>({ slots: 2, maxItems: 1_000, maxBytes: 1_000_000, nowMs: () => performance.now(), allowanceOf },
    async (batch) => {
      inFlight += 1
      const lines = [...new Set(batch.map(({ line }) => line))].join(' ')
      log.push({ lines, items: batch.length, inFlight, atMs: performance.now() - begun })
      await new Promise((resolve) => { setTimeout(resolve, SLOW_MS) })
      inFlight -= 1
    })
  return { ...work, log, inFlight: () => inFlight }
}

describe('the slots', () => {
  it('reserve a batch for who has little waiting while another is crowded', async () => {
    const { push, log, waiting } = workers()
    push(0, entries('flood', 500))
    push(1, entries('flood', 500))
    await eventually('the flood is in flight', () => log.length === 2)
    push(0, entries('flood', 500))
    push(0, entries('quiet', 1, { lockGroup: 1 }))
    await eventually('the quiet one runs beside the flood', () => log.some(({ lines }) => lines === 'quiet'))
    expect(log.find(({ lines }) => lines === 'quiet')?.inFlight).to.equal(3)
    await eventually('all is done', () => waiting() === 0)
  })
  it('keep who would wait for a flood’s locks out of that batch: it goes ahead of the flood’s next one', async () => {
    const { push, log, waiting } = workers()
    push(0, entries('flood', 500))
    push(1, entries('flood', 500))
    await eventually('the flood is in flight', () => log.length === 2)
    push(0, entries('flood', 500))
    push(0, entries('unlucky', 1))
    push(0, entries('quiet', 1, { lockGroup: 1 }))
    await eventually('all is done', () => waiting() === 0)
    expect(log.slice(2, 5).map(({ lines }) => lines)).to.deep.equal(['quiet', 'unlucky', 'flood'])
  })
  it('hold a flood to a share while somebody else was about lately, even when only the flood waits', async () => {
    const { push, log, waiting } = workers()
    push(0, entries('quiet', 1))
    await eventually('the quiet one is done', () => log.length === 1 && waiting() === 0)
    push(0, entries('flood', 900))
    await eventually('the flood is done', () => waiting() === 0)
    expect(Math.max(...log.filter(({ lines }) => lines === 'flood').map(({ items }) => items))).to.be.at.most(400)
  })
  it('take up again what a limit held back, when that lets it', async () => {
    const bucket = tokenBucket({ perSecond: 100, burst: 5 }, () => performance.now())
    const { push, log, waiting } = workers(() => bucket)
    push(0, entries('limited', 15))
    await eventually('all has passed', () => waiting() === 0)
    expect(log[0]?.items).to.be.within(5, 6)
    expect(log.at(-1)?.atMs).to.be.at.least(80)
  })
  it('let nothing else be in flight while something runs apart, and go on afterwards', async () => {
    const { push, apart, inFlight, waiting, log } = workers()
    push(0, entries('a', 1))
    push(1, entries('a', 1))
    await eventually('both slots are busy', () => inFlight() === 2)
    push(0, entries('b', 1))
    await apart(async () => { expect(inFlight()).to.equal(0) })
    await eventually('the rest is done', () => waiting() === 0 && log.length === 3)
  })
})
