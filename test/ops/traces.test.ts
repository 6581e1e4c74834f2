import { jetstream } from '@nats-io/jetstream'
import { headers } from '@nats-io/nats-core'
import { expect } from 'chai'
import { mintToken } from '../../adapters/inbound/graphql/token.ts'
import { tracingOf } from '../../adapters/main/tracing.ts'
import { sendTraced } from '../../adapters/outbound/nats/send-traced.ts'
import { winstonLogger } from '../../adapters/outbound/telemetry/logger.ts'
import type { Tracing } from '../../application/ports/tracing.ts'
import type { CompanyId } from '../../domain/company.ts'
import { aMessageBody } from '../support/a-delivery.ts'
import { openBroker, type Broker } from '../support/broker.ts'
import { eventually } from '../support/eventually.ts'
import { attributeOf, openOtlpSink, openSilentCollector, type ExportedSpan, type OtlpSink } from '../support/otlp-sink.ts'
import { runDaisi } from '../support/run-daisi.ts'
import { startService, type ServiceProcess } from '../support/service-process.ts'
import { withDatabase } from '../support/with-database.ts'

const KEY = 'Kq7yRZ2tXo5Vb1Nc8Wm4Pd6Jf3Hs9LgA'
const COMPANY = 'TRACED' as CompanyId
const SUBJECT = `v1.messages.upsert.${COMPANY}`
const TEMPLATE = 'v1.messages.upsert.{company_id}'
const WAIT_MS = 60_000
const PHONE = '6281234567890'

const authorised = async () => ({ 'content-type': 'application/json', authorization: `Bearer ${await mintToken({ key: KEY, issuer: 'daisi',
  audience: 'daisi-wa-events', company: COMPANY, scope: 'read:messages read:chats', subject: 'test', expiresInSeconds: 60 })}` })

const started: ServiceProcess[] = []
/** Those of a test that failed too. */
const endAll = async (): Promise<void> => { await Promise.all(started.splice(0).map((one) => one.end('SIGKILL'))) }

/** The three processes, with the environment of a collector. */
const running = async (broker: Broker, databaseUrl: string, more: Readonly<Record<string, string>>) => {
  const env = { NATS_URL: broker.url, DATABASE_URL: databaseUrl, JWT_KEY: KEY, CURSOR_SECRET: KEY, ...more }
  const processes = await Promise.all([startService('ingest', env), startService('project', env), startService('serve', env)])
  started.push(...processes)
  const query = async (messageId: string, traceParent?: string): Promise<string> => (await fetch(processes[2].httpUrl, {
    method: 'POST', headers: { ...await authorised(), ...(traceParent === undefined ? {} : { traceparent: traceParent }) },
    body: JSON.stringify({ query: `query Named($id: ID!) { message(messageId: $id) { text fromPhone } }`, variables: { id: messageId } }) })).text()
  return { processes, query }
}

/** The one event that has failed, replayed by an operator to no avail: it is as wrong as before. */
const replayed = async (databaseUrl: string): Promise<void> => {
  const env = { DATABASE_URL: databaseUrl, OTEL_SDK_DISABLED: 'true' }
  const dlq = (...args: ReadonlyArray<string>) => runDaisi(['dlq', ...args, '--json'], env)
  const failed = async () => /"id": ?"?(\d+)/.exec((await dlq('list')).out)?.[1]
  await eventually('it is kept as failed', async () => (await failed()) !== undefined, WAIT_MS)
  expect((await dlq('replay', await failed() ?? '')).out).to.include('missing_field')
}

const end = async (processes: ReadonlyArray<ServiceProcess>) => Promise.all(processes.map((one) => one.end('SIGTERM')))

describe('a trace', function () {
  this.timeout(3 * WAIT_MS)
  const database = withDatabase()
  let broker: Broker
  let sink: OtlpSink
  let spans: ReadonlyArray<ExportedSpan>
  let root: { readonly traceId: string }

  const named = (name: string): ExportedSpan => {
    const found = spans.filter((span) => span.name === name && span.traceId === root.traceId)
    expect(found.length, `spans named ${name}; there are ${spans.map((span) => span.name).join(', ')}`).to.be.greaterThan(0)
    return found[0] as ExportedSpan
  }

  /** Each of these is below the one before; others of the same name may be elsewhere in the trace. */
  const expectChain = (from: ExportedSpan, ...names: ReadonlyArray<string>): void => {
    let parents: ReadonlyArray<ExportedSpan> = [from]
    for (const name of names) {
      parents = spans.filter((span) => span.name === name && span.traceId === from.traceId
        && parents.some(({ spanId }) => spanId === span.parentSpanId))
      expect(parents.length, `spans named ${name} where they belong`).to.be.greaterThan(0)
    }
  }

  const publish = (tracing: Tracing, body: object): Promise<unknown> => {
    const carried = headers()
    return sendTraced(tracing, { subject: SUBJECT, template: TEMPLATE }, carried,
      () => jetstream(broker.connection).publish(SUBJECT, JSON.stringify(body), { headers: carried }))
  }

  before(async () => {
    [broker, sink] = [await openBroker(), await openOtlpSink()]
    const { processes, query } = await running(broker, database().url, sink.env)
    Object.assign(process.env, sink.env)
    const { tracing, close } = await tracingOf('test', process.env, winstonLogger('error', 'test'))
    await tracing.within('one event', { kind: 'internal' }, async (one) => {
      root = { traceId: one?.traceParent.split('-')[1] ?? '' }
      await publish(tracing, aMessageBody('m1', { from_phone: PHONE, message_text: 'rahasia' }))
      await eventually('it can be read', async () => (await query('m1')).includes('rahasia'), WAIT_MS)
      await query('m1', one?.traceParent)
    })
    await Promise.all(Array.from({ length: 40 }, (_, i) => publish(tracing, aMessageBody(`b${i}`, { chat_id: `c${i}` }))))
    await eventually('the others can be read', async () => (await query('b39')).includes('fromPhone'), WAIT_MS)
    await publish(tracing, { message_id: 'no-chat', from_phone: PHONE })
    await replayed(database().url)
    expect(await end(processes)).to.deep.equal([0, 0, 0])
    await close()
    spans = sink.spans()
  })
  after(async () => {
    await endAll()
    for (const name of Object.keys(sink.env)) Reflect.deleteProperty(process.env, name)
    await sink.close()
    await broker.close()
  })

  it('goes from the publisher through ingest, the commit and the projection to the query', () => {
    const sent = named(`send ${TEMPLATE}`)
    const [received, processed] = [named(`receive ${TEMPLATE}`), named(`process ${TEMPLATE}`)]
    const settled = named(`settle ${TEMPLATE}`)
    expect([received.parentSpanId, processed.parentSpanId]).to.deep.equal([sent.spanId, sent.spanId])
    expect(settled.parentSpanId).to.equal(processed.spanId)
    expectChain(processed, 'process batch', 'transactions.transact', 'transaction.save')
    expectChain(processed, 'project message_timeline', 'readModels.advance')
    expectChain(named('one event'), 'POST /graphql', 'graphql.execute', 'messages.byIds')
  })

  it('names its spans after the messaging conventions', () => {
    for (const operation of ['send', 'receive', 'process', 'settle']) {
      const span = named(`${operation} ${TEMPLATE}`)
      expect(attributeOf(span, 'messaging.system')).to.equal('nats')
      expect(attributeOf(span, 'messaging.operation.type')).to.equal(operation)
      expect(attributeOf(span, 'messaging.destination.template')).to.equal(TEMPLATE)
      expect(attributeOf(span, 'messaging.destination.name')).to.equal(SUBJECT)
    }
  })

  it('of a batch links to the events in it, and each of them to the batch and on to the read model', () => {
    const batches = spans.filter(({ name, links = [] }) => name === 'process batch' && links.length > 1)
    expect(batches.length).to.be.greaterThan(0)
    for (const batch of batches) for (const { traceId, spanId } of batch.links ?? []) {
      const event = spans.find((span) => span.traceId === traceId && span.spanId === spanId)
      expect(event?.name).to.equal(`process ${TEMPLATE}`)
      expect(event?.links?.map((link) => link.spanId)).to.include(batch.spanId)
      expect(spans.filter((span) => span.traceId === traceId).map(({ name }) => name)).to.include('project message_timeline')
    }
  })

  it('holds no SQL text, nothing that a customer wrote, and no name that a client chose', () => {
    expect(sink.text()).not.to.match(/rahasia|6281234567890|\bselect\b|insert into|Named/i)
    expect(spans.length).to.be.greaterThan(100)
  })

  it('of a replay links to the trace of the event that had failed', () => {
    const [replay] = spans.filter(({ name }) => name === `replay ${TEMPLATE}`)
    const [failed] = spans.filter((span) => span.name === `process ${TEMPLATE}` && attributeOf(span, 'daisi.outcome') === 'failed')
    expect(replay?.links?.map(({ traceId }) => traceId)).to.deep.equal([failed?.traceId])
    expect([replay?.parentSpanId ?? '', replay && attributeOf(replay, 'daisi.outcome')]).to.deep.equal(['', 'failed'])
  })

  it('is left by nothing that only polls', () => {
    expect(spans.filter(({ name, parentSpanId }) => parentSpanId === undefined && /^\w+\.\w+$/.test(name))).to.deep.equal([])
  })
})

describe('a collector that', function () {
  this.timeout(3 * WAIT_MS)
  const database = withDatabase()
  let broker: Broker
  before(async () => { broker = await openBroker() })
  afterEach(endAll)
  after(() => broker.close())

  const goesOn = async (id: string, env: Readonly<Record<string, string>>): Promise<ReadonlyArray<ServiceProcess>> => {
    const { processes, query } = await running(broker, database().url, env)
    await jetstream(broker.connection).publish(SUBJECT, JSON.stringify(aMessageBody(id)))
    await eventually('it can be read', async () => (await query(id)).includes('fromPhone'), WAIT_MS)
    return processes
  }

  it('is not there hinders nobody, nor an orderly end', async () => {
    const processes = await goesOn('m1', { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9', OTEL_BSP_SCHEDULE_DELAY: '50' })
    await eventually('the trouble is said', () => processes.some(({ log }) => log().includes('traces cannot be delivered')), WAIT_MS)
    expect(await end(processes)).to.deep.equal([0, 0, 0])
  })

  it('takes everything and never answers hinders nobody, nor an orderly end', async () => {
    const silent = await openSilentCollector()
    const processes = await goesOn('m2', silent.env)
    await eventually('it was asked', () => silent.asked() > 0, WAIT_MS)
    expect(await end(processes)).to.deep.equal([0, 0, 0])
    await silent.close()
  })

  it('is switched off by OTEL_SDK_DISABLED is never asked', async () => {
    const silent = await openSilentCollector()
    const processes = await goesOn('m3', { ...silent.env, OTEL_SDK_DISABLED: 'true' })
    expect(await end(processes)).to.deep.equal([0, 0, 0])
    expect(silent.asked()).to.equal(0)
    await silent.close()
  })
})
