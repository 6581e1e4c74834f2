import { expect } from 'chai'
import { sql } from 'kysely'
import { aMessageBody } from '../support/a-delivery.ts'
import { openBroker, type Broker } from '../support/broker.ts'
import { eventually } from '../support/eventually.ts'
import { startService, type ServiceProcess } from '../support/service-process.ts'
import { untilSettled } from '../support/settled.ts'
import { withDatabase } from '../support/with-database.ts'

const COMPANIES = Array.from({ length: 12 }, (_, i) => `SHARED-${i}`)
const MESSAGES = 40
const WITHIN_MS = 90_000
const MOVED_WITHIN_MS = 10_000
const PULLS_END_WITHIN_MS = 45_000

describe('several ingest processes', () => {
  const database = withDatabase()
  let broker: Broker
  const processes: ServiceProcess[] = []

  const publish = async (round: number): Promise<void> => {
    for (const company of COMPANIES) for (let i = 0; i < MESSAGES; i += 1)
      await broker.publish(`v1.messages.upsert.${company}`, JSON.stringify(aMessageBody(`m${round}-${i}`)))
  }
  const count = async (query: string): Promise<number> =>
    (await sql<{ n: number }>`${sql.raw(query)}`.execute(database().orm.em.fork().getKysely<unknown>())).rows[0]?.n ?? 0
  const stored = (): Promise<number> => count('select count(*)::int as n from daisi.messages')

  before(async function () {
    this.timeout(WITHIN_MS)
    broker = await openBroker()
    for (let i = 0; i < 2; i += 1)
      processes.push(await startService('ingest', { NATS_URL: broker.url, DATABASE_URL: database().url, DAISI_ACK_WAIT_SECONDS: '4' }))
    await publish(0)
    await untilSettled(broker.jsm, COMPANIES.length, WITHIN_MS)
  })
  after(async function () {
    this.timeout(WITHIN_MS)
    for (const one of processes) await one.end('SIGTERM')
    await broker.close()
  })

  it('share the companies, each of them one process’s', async function () {
    this.timeout(WITHIN_MS)
    const pulls = async (): Promise<ReadonlyArray<number>> => {
      const waiting: number[] = []
      for await (const { num_waiting } of broker.jsm.consumers.list('wa_events_stream')) waiting.push(num_waiting)
      return waiting
    }
    // the broker remembers the pull of a process that let go until it runs out, after 30 s
    await eventually('each company is pulled by one', async () => (await pulls()).every((waiting) => waiting === 1), PULLS_END_WITHIN_MS)
    expect(await pulls()).to.have.length(COMPANIES.length)
    expect(await count('select count(*)::int as n from daisi.ingest_processes where expires_at > now()')).to.equal(2)
  })

  it('take over what a killed one had within 10 s; nothing is lost or doubled', async function () {
    this.timeout(WITHIN_MS)
    const publishing = publish(1)
    await processes.shift()?.end('SIGKILL')
    const killedAt = Date.now()
    await publishing
    await eventually('all is stored', async () => (await stored()) === 2 * COMPANIES.length * MESSAGES, WITHIN_MS)
    expect(Date.now() - killedAt).to.be.below(MOVED_WITHIN_MS)
    expect(await count(`select count(*)::int as n from daisi.event_log where type = 'MessageRecorded'`)).to.equal(await stored())
  })
})
