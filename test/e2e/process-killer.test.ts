import { expect } from 'chai'
import { sql } from 'kysely'
import { fileURLToPath } from 'node:url'
import { DEADLY } from '../support/deadly.ts'
import { aMessageBody } from '../support/a-delivery.ts'
import { openBroker, type Broker } from '../support/broker.ts'
import { eventually } from '../support/eventually.ts'
import { spawnService, type Ending, type ServiceProcess } from '../support/service-process.ts'
import { withDatabase } from '../support/with-database.ts'

const DEADLY_INGEST = fileURLToPath(new URL('../support/deadly-ingest.ts', import.meta.url))
const INNOCENT = 120
const WITHIN_MS = 150_000

const contact = { phone_number: DEADLY.read, agent_id: 'a-1', push_name: 'x' }
const KILLERS = [
  { company: 'KILLS-READ', subject: 'v1.contacts.upsert', body: contact, what: 'is read' },
  { company: 'KILLS-APPLIED', subject: 'v1.messages.upsert', body: aMessageBody(DEADLY.applied), what: 'is applied' },
  { company: 'KILLS-ENDLESS', subject: 'v1.messages.upsert', body: aMessageBody(DEADLY.endless), what: 'never ends' },
] as const

interface Row { readonly company_id: string; readonly reason: string; readonly status: string; readonly body: Buffer }

/** A process that is started again each time it dies, until it is told to stop; remembers how it ended. */
const keepRunning = (env: Readonly<Record<string, string>>) => {
  const endings: Ending[] = []
  let isStopped = false
  let current: ServiceProcess | undefined
  const loop = async (): Promise<void> => {
    while (!isStopped) {
      current = await spawnService('ingest', env, DEADLY_INGEST)
      endings.push(await current.ended)
    }
  }
  const running = loop()
  return { deaths: () => endings.length, stop: async (): Promise<Ending | undefined> => {
    isStopped = true
    await current?.untilReady()
    current?.end('SIGTERM').catch(() => undefined)
    await running
    return endings.at(-1)
  } }
}

describe('a body that kills the process', () => {
  const database = withDatabase()
  let broker: Broker
  const processes = new Map<string, ReturnType<typeof keepRunning>>()

  const failed = async (): Promise<ReadonlyArray<Row>> => (await sql<Row>`select company_id, reason, status, body from daisi.failed_events`
    .execute(database().orm.em.fork().getKysely<unknown>())).rows
  const stored = async (company: string): Promise<number> =>
    (await sql<{ n: number }>`select count(*)::int as n from daisi.messages where company_id = ${company}`
      .execute(database().orm.em.fork().getKysely<unknown>())).rows[0]?.n ?? 0

  before(async function () {
    this.timeout(WITHIN_MS)
    broker = await openBroker()
    for (const { company, subject, body } of KILLERS) {
      for (let i = 0; i < INNOCENT; i += 1) {
        await broker.publish(`v1.messages.upsert.${company}`, JSON.stringify(aMessageBody(`m${i}`)))
        if (i === INNOCENT / 2) await broker.publish(`${subject}.${company}`, JSON.stringify(body))
      }
      processes.set(company, keepRunning({ NATS_URL: broker.url, DATABASE_URL: database().url, COMPANY_IDS: company,
        DAISI_ACK_WAIT_SECONDS: '2', DAISI_WATCHDOG_SECONDS: '2', BATCH_MAX_ITEMS: '10' }))
    }
  })
  after(async function () {
    this.timeout(WITHIN_MS)
    await broker.close()
  })

  for (const { company, what, body } of KILLERS) it(`is set aside when it ${what}, after three runs alone; everything else flows`, async function () {
    this.timeout(WITHIN_MS)
    await eventually('it is set aside', async () =>
      (await failed()).some((row) => row.company_id === company && row.status === 'exhausted'), WITHIN_MS)
    await eventually('all others are applied', async () => (await stored(company)) === INNOCENT, WITHIN_MS)
    const process = processes.get(company)
    const deaths = process?.deaths() ?? 0
    expect(await process?.stop()).to.equal(0)
    expect(deaths).to.be.within(4, 8)
    const kept = (await failed()).filter((row) => row.company_id === company && row.status !== 'resolved')
    expect(kept.map(({ reason, body: bytes }) => ({ reason, body: bytes.toString() })))
      .to.deep.equal([{ reason: 'kills_process', body: JSON.stringify(body) }])
  })
})
