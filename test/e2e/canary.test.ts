import { headers } from '@nats-io/nats-core'
import { jetstream } from '@nats-io/jetstream'
import { expect } from 'chai'
import { readdirSync, readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { openBroker, type Broker } from '../support/broker.ts'
import { badEvents, HEADERS } from '../support/canary/bad-events.ts'
import { plantedEvents } from '../support/canary/events.ts'
import { forceErrors, PROVOKED } from '../support/canary/forced-errors.ts'
import { CANARY, phone, word } from '../support/canary/planted.ts'
import { eventually } from '../support/eventually.ts'
import { openOtlpSink, type OtlpSink } from '../support/otlp-sink.ts'
import { spawnService, startService, type Role, type ServiceProcess } from '../support/service-process.ts'
import { untilSettled } from '../support/settled.ts'
import { withDatabase } from '../support/with-database.ts'

const COMPANY = 'CANARY-1'
const TEST_WITHIN_MS = 300_000
const WAIT_MS = 120_000
const SCHEMAS = new URL('../../schemas/inbound/v1/', import.meta.url)
const KEY = 'Zt3xW8uE5rT7pL4aNb6Yk0c0f1YvQ2m9'

/** Some seconds after the start, with a canary in all of the error but not in the text of the program, of which frames tell. */
const dyingOf = (death: string): string => `--import=data:text/javascript,${encodeURIComponent(`
  const canary = "Kanarien" + "vogel"
  const error = Object.assign(new Error(canary + "\\n  at " + canary), { detail: canary })
  setTimeout(() => { ${death} }, 5000)`)}`

describe('what customers write', function () {
  this.timeout(TEST_WITHIN_MS)
  after(async () => {
    for (const one of processes) if (one.isRunning()) await one.end('SIGTERM')
    await forced.close()
    await broker.close()
    await sink.close()
  })
  const database = withDatabase()
  let broker: Broker
  let sink: OtlpSink
  let forced: Awaited<ReturnType<typeof forceErrors>>
  const processes: ServiceProcess[] = []
  const metrics: string[] = []

  const env = (more: Readonly<Record<string, string>> = {}) =>
    ({ NATS_URL: broker.url, DATABASE_URL: database().url, JWT_KEY: KEY, CURSOR_SECRET: KEY, LOG_LEVEL: 'debug', DAISI_RETRY_SECONDS: '1,1',
      ...sink.env, ...more })
  const start = async (role: Role): Promise<ServiceProcess> => {
    const started = await startService(role, env())
    processes.push(started)
    return started
  }
  const rows = async <Row>(query: string): Promise<ReadonlyArray<Row>> =>
    (await sql<Row>`${sql.raw(query)}`.execute(database().orm.em.fork().getKysely<unknown>())).rows
  const count = async (what: string): Promise<number> => (await rows<{ readonly n: number }>(`select count(*)::int as n from ${what}`))[0]?.n ?? 0
  const spanNames = (): ReadonlySet<string> => new Set(sink.spans().map(({ name }) => name))
  const measure = async (): Promise<void> => {
    for (const { adminUrl, isRunning } of processes) if (isRunning()) metrics.push(await (await fetch(`${adminUrl}/metrics`)).text())
  }

  const provoking = (state: string): object => ({ message_id: word(`provoke-${state}`), chat_id: phone(), jid: phone(), flow: 'OUT', from_phone: phone(),
    message_text: word(`provoke-${state}`), message_timestamp: 1_750_650_042 })

  before(async () => {
    sink = await openOtlpSink()
    broker = await openBroker()
    forced = await forceErrors(database().url)
    const [ingest] = [await start('ingest'), await start('project'), await start('serve')]
    for (const { subject, body } of plantedEvents()) await broker.publish(`${subject}.${COMPANY}`, JSON.stringify(body))
    for (const { subject, text } of badEvents()) await broker.publish(`${subject}.${COMPANY}`, text)
    const js = jetstream(broker.connection)
    for (const all of HEADERS) {
      const given = headers()
      for (const [name, value] of Object.entries(all)) given.set(name, value)
      await js.publish(`v1.messages.upsert.${COMPANY}`, JSON.stringify(provoking('nothing')), { headers: given })
    }
    await js.publish(`v1.messages.upsert.${phone()}+${word('invalid-company')}`, JSON.stringify(provoking('nothing')))
    for (const state of PROVOKED) await js.publish(`v1.messages.upsert.${COMPANY}`, JSON.stringify(provoking(state)))
    await js.publish(`v1.messages.upsert.${COMPANY}`, JSON.stringify(provoking('P0001')))
    await eventually('a deadlock is told', () => ingest.log().includes('40P01'), WAIT_MS)
    await forced.letDeadlocksPass()
    await eventually('the projector is stuck', () => processes[1]?.log().includes('P0001') === true, WAIT_MS)
    await measure()
    // what a killed process has not sent yet never comes
    await eventually('a history has left its span', () => spanNames().has('process v1.history.contacts.{company_id}'), WAIT_MS)
    await ingest.end('SIGKILL')
    await start('ingest')
    await forced.letProjectorPass()
    await untilSettled(broker.jsm, 2, WAIT_MS)
    await eventually('the projector goes on', async () => await count('read.message_timeline') === await count('daisi.messages'), WAIT_MS)
    await eventually('dead letters are copied', async () => await count(`daisi.failed_events where dlq_published_at is null and status <> 'resolved'`) === 0, WAIT_MS)
    await measure()
  })
  it('is planted in every field of every event type', () => {
    const planted = JSON.stringify(plantedEvents())
    const fields = readdirSync(SCHEMAS).flatMap((file) => [...readFileSync(new URL(file, SCHEMAS), 'utf8')
      .matchAll(/(?:required|optional|clearable)\('(\w+)'/g)].map(([, field]) => `${file} ${field}`))
    expect(fields).to.have.length.greaterThan(60)
    expect(fields.filter((field) => !planted.includes(`"${field.split(' ')[1] ?? ''}":`) && !field.endsWith(' company_id'))).to.deep.equal([])
  })

  it('is in the tables, where it belongs', async () => {
    for (const place of ['daisi.messages', 'daisi.chats', 'daisi.contacts', 'daisi.agents', 'daisi.event_log', 'daisi.early_facts',
      'read.message_timeline', 'read.chat_overview', 'read.contact_card', 'read.agent_board', 'daisi.failed_events'])
      expect(await count(`${place} t where t::text ~* '${CANARY.source}'`), place).to.be.greaterThan(0)
    expect(await count(`daisi.failed_events where reason in ('data_error:23514', 'data_error:22008', 'handler_error')`)).to.equal(3)
  })

  it('is in no log line, however detailed, of ingest, project or serve, killed ones included', () => {
    expect(processes).to.have.length(4)
    for (const { log } of processes) {
      expect(log().split('\n').filter((line) => CANARY.test(line))).to.deep.equal([])
      expect(log()).to.contain('"level":')
    }
    expect(processes.map(({ log }) => log()).join('')).to.match(/event failed/)
  })

  it('is in no metric', () => {
    expect(metrics.length).to.be.greaterThan(5)
    expect(metrics.join('\n').split('\n').filter((line) => CANARY.test(line))).to.deep.equal([])
    expect(metrics.join('\n')).to.contain('daisi_event_failures_total')
  })

  it('is in no span, of whatever was received, refused, stored, projected or copied', async () => {
    const expected = ['process v1.messages.upsert.{company_id}', 'process v1.history.contacts.{company_id}', 'process invalid.{company_id}',
      'process batch', 'transactions.transact', 'project message_timeline', 'process facts', 'send v1.dlq.{company_id}']
    // spans are sent every few seconds
    await eventually('spans of each kind have come', () => expected.every((name) => spanNames().has(name)), WAIT_MS)
    expect(sink.text().match(CANARY) ?? []).to.deep.equal([])
  })

  it('is in no message about what failed: neither operators’ tables nor dead letters quote it', async () => {
    const told = await rows<Readonly<Record<string, string>>>(`select reason, pointer, message, attempts::text as attempts, event_type, place, fingerprint
      from daisi.failed_events`)
    expect(told.length).to.be.greaterThan(80)
    expect(told.filter((row) => CANARY.test(JSON.stringify(row)))).to.deep.equal([])
    const letters = await rows<Readonly<Record<string, string>>>(`select last_error, notes,
      (dlq_payload - 'original_payload' - 'original_payload_base64' - 'company' - 'source_subject' - 'original_headers')::text as letter from daisi.exhausted_events`)
    expect(letters.length).to.be.greaterThan(80)
    expect(letters.filter((row) => CANARY.test(JSON.stringify(row)))).to.deep.equal([])
  })

  const deaths = { 'an error that nobody caught': 'throw error', 'a promise that nobody awaited': 'Promise.reject(error)' }
  for (const [what, death] of Object.entries(deaths))
    it(`is not told by a process that dies of ${what}`, async () => {
      const dying = await spawnService('project', env({ NODE_OPTIONS: dyingOf(death) }))
      expect(await dying.ended).to.equal(1)
      expect(dying.log()).not.to.match(CANARY)
      expect(dying.log()).to.match(/"level":"error"/)
    })
})
