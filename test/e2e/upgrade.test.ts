import type { ConsumerInfo } from '@nats-io/jetstream'
import { expect } from 'chai'
import { sql } from 'kysely'
import { filtersOf } from '../../adapters/inbound/nats/company-durable.ts'
import { REALTIME_STREAM } from '../../adapters/inbound/nats/streams.ts'
import { aMessageBody } from '../support/a-delivery.ts'
import { findingsOf } from '../support/a-doctor.ts'
import { openBroker, type Broker } from '../support/broker.ts'
import { eventually } from '../support/eventually.ts'
import { nextRelease, type Release } from '../support/next-release.ts'
import { runDaisi } from '../support/run-daisi.ts'
import { spawnService, startService, type ServiceProcess } from '../support/service-process.ts'
import { withDatabase } from '../support/with-database.ts'

const WITHIN_MS = 240_000
const APPLIED_WITHIN_MS = 60_000
const SUBJECT = 'v2.messages.upsert'
const SUBJECTS = 'adapters/inbound/nats/subjects.ts'

/** The next release knows messages of a second version: a codec of its own and one line in the table (`ops/docs/contracts.md`). */
const SECOND_VERSION = {
  files: { 'schemas/inbound/v2/message-upserted.ts': `
import type * as t from 'io-ts'
import { optional, payload, required } from '../payload.ts'
import { Identifier, oneOf, Text } from '../scalars.ts'

export const MessageUpserted2 = payload('MessageUpserted2', {
  messageId: required('id', Identifier), chatId: required('chat', Identifier), jid: required('jid', Identifier),
  flow: required('direction', oneOf(['IN', 'OUT'], false)), messageText: optional('body', Text), companyId: optional('company', Identifier),
})
export type MessageUpserted2 = t.TypeOf<typeof MessageUpserted2>
` },
  before: [
    [SUBJECTS, `import { ofItem, type EventContext }`, `import { MessageUpserted2 } from '../../../schemas/inbound/v2/message-upserted.ts'\n`],
    [SUBJECTS, `  'v1.history.chats': history(`, `  '${SUBJECT}': realtime(MessageUpserted2, toMessageRecorded),\n`],
  ],
} as const

const ofVersion2 = (id: string): string =>
  JSON.stringify({ id, chat: 'c1', jid: '62812@s.whatsapp.net', direction: 'IN', body: `text of ${id}` })
const ofVersion1 = (id: string): string => JSON.stringify(aMessageBody(id, { message_text: `text of ${id}` }))

const filtersIn = (durables: ReadonlyMap<string, ConsumerInfo>, name: string): ReadonlyArray<string> => {
  const info = durables.get(name)
  return info === undefined ? [] : filtersOf(info)
}

describe('events of a newer version', () => {
  const database = withDatabase()
  let broker: Broker
  let next: Release
  const started: ServiceProcess[] = []
  const env = () => ({ NATS_URL: broker.url, DATABASE_URL: database().url, DAISI_ACK_WAIT_SECONDS: '5' })

  const rows = async <R>(query: ReturnType<typeof sql<R>>): Promise<ReadonlyArray<R>> =>
    (await query.execute(database().orm.em.fork().getKysely<object>())).rows
  const texts = async (): Promise<ReadonlyArray<string>> =>
    (await rows(sql<{ text: string }>`select message_text as text from daisi.messages order by message_text`)).map(({ text }) => text)
  const failures = () => rows(sql`select 1 from daisi.failed_events`)
  const applied = (...ids: ReadonlyArray<string>): Promise<void> => eventually(`${ids.join(', ')} are applied`, async () => {
    const now = await texts()
    return ids.every((id) => now.includes(`text of ${id}`))
  }, APPLIED_WITHIN_MS)
  const doctor = async (entry?: string) => findingsOf(await runDaisi(['doctor', '--only', 'nats', '--json'], env(), '', entry))
    .get('nats events of other releases')
  const durables = async () => {
    const all = []
    for await (const info of broker.jsm.consumers.list(REALTIME_STREAM)) all.push(info)
    return new Map(all.map((info) => [info.name, info]))
  }

  before(async function () {
    this.timeout(WITHIN_MS)
    next = nextRelease(SECOND_VERSION)
    broker = await openBroker()
    started.push(await startService('ingest', env()))
  })
  after(async function () {
    this.timeout(WITHIN_MS)
    await Promise.all(started.map((one) => one.end('SIGTERM')))
    await broker.close()
    next.remove()
  })

  it('wait in the stream for a release that knows them, while those of the first version go on; doctor lists them', async () => {
    await broker.publish('v1.messages.upsert.acme', ofVersion1('first-1'))
    await applied('first-1')
    const { config } = await broker.jsm.streams.info(REALTIME_STREAM)
    await broker.jsm.streams.update(REALTIME_STREAM, { subjects: [...config.subjects, `${SUBJECT}.*`] })
    for (const id of ['second-1', 'second-2', 'second-3']) await broker.publish(`${SUBJECT}.acme`, ofVersion2(id))
    await broker.publish(`${SUBJECT}.globex`, ofVersion2('second-of-globex'))
    await broker.publish('v1.messages.upsert.acme', ofVersion1('first-2'))
    await applied('first-2')
    expect(await texts()).to.deep.equal(['text of first-1', 'text of first-2'])
    expect(await failures()).to.deep.equal([])
    const found = await doctor()
    expect(found?.state).to.equal('warn')
    expect(found?.says).to.match(/4 events of another release wait/).and.to.contain(`${SUBJECT}.acme`).and.to.contain(`${SUBJECT}.globex`)
  }).timeout(WITHIN_MS)

  it('are consumed after the upgrade, from the oldest on, and no event of the first version is delivered again', async () => {
    const [old] = started
    const upgraded = await spawnService('ingest', env(), next.entry)
    started.push(upgraded)
    await upgraded.untilReady()
    expect(await old?.end('SIGTERM')).to.equal(0)
    await broker.publish('v1.messages.upsert.acme', ofVersion1('first-3'))
    await broker.publish(`${SUBJECT}.acme`, ofVersion2('second-4'))
    await applied('second-1', 'second-2', 'second-3', 'second-of-globex', 'second-4', 'first-3')
    expect(await texts()).to.have.length(8)
    const now = await durables()
    expect([...now.keys()].sort()).to.deep.equal(['daisi_ingest2_acme', 'daisi_ingest2_globex', 'daisi_ingest_acme'])
    expect(filtersIn(now, 'daisi_ingest_acme')).to.deep.equal(['v1.*.*.acme'])
    expect(filtersIn(now, 'daisi_ingest2_acme')).to.deep.equal(['v2.*.*.acme'])
    expect(now.get('daisi_ingest_acme')?.delivered.consumer_seq).to.equal(3)
    expect(await failures()).to.deep.equal([])
    expect((await doctor(next.entry))?.state).to.equal('ok')
    expect((await doctor())?.says).to.match(/5 events of another release wait/)
  }).timeout(WITHIN_MS)

  it('have a position of their own, from which a durable that is gone goes on', async () => {
    const positions = () => rows(sql<{ stream: string; sequence: string }>`select stream, sequence from daisi.acknowledged_positions
      where company_id = 'acme' order by stream`)
    await eventually('both positions are saved', async () => (await positions()).length === 2, APPLIED_WITHIN_MS)
    const { state: { last_seq: last } } = await broker.jsm.streams.info(REALTIME_STREAM)
    await eventually('the later one has reached the end', async () => Number((await positions())[1]?.sequence) === last, APPLIED_WITHIN_MS)
    expect((await positions()).map(({ stream }) => stream)).to.deep.equal([REALTIME_STREAM, `${REALTIME_STREAM}#2`])
    await broker.jsm.consumers.delete(REALTIME_STREAM, 'daisi_ingest2_acme')
    await broker.publish(`${SUBJECT}.acme`, ofVersion2('second-5'))
    await applied('second-5')
    expect((await durables()).get('daisi_ingest2_acme')).to.nested
      .include({ 'config.opt_start_seq': last + 1, 'delivered.consumer_seq': 1 })
  }).timeout(WITHIN_MS)
})
