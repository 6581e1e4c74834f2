import { expect } from 'chai'
import { mintToken } from '../../../../adapters/inbound/graphql/token.ts'
import type { CompanyId } from '../../../../domain/company.ts'
import { aMessageBody } from '../../../support/a-delivery.ts'
import { openBroker, type Broker } from '../../../support/broker.ts'
import { eventually } from '../../../support/eventually.ts'
import { openPooledDatabase, type PooledDatabase } from '../../../support/pooled-database.ts'
import { startService, type ServiceProcess } from '../../../support/service-process.ts'

const KEY = 'a-key-for-tests-of-at-least-32-bytes'
/** Of each process to the pooler. */
const CLIENTS = 2
/** A request of the API may hold one transaction while it asks for the lag in another: more than `serve` can hold is enough. */
const POOL_SIZE = CLIENTS + 1
const READABLE_WITHIN_MS = 30_000
const QUERY = '{ company { messageCount ingestLagSeconds } message(messageId: "m3") { flow } freshness { name ageSeconds } }'

describe('the whole service behind PgBouncer', () => {
  /** Each test has its own pooler: what listens through one stays on its connection, and the pooler complains of what it hears. */
  let database: PooledDatabase
  let broker: Broker
  let processes: ReadonlyArray<ServiceProcess> = []
  beforeEach(async () => { [broker, database] = await Promise.all([openBroker(), openPooledDatabase(POOL_SIZE)]) })
  afterEach(async () => {
    await Promise.all(processes.map((one) => one.end('SIGTERM')))
    await Promise.all([broker.close(), database.close()])
  })

  const start = async (more: Readonly<Record<string, string>> = {}): Promise<void> => {
    const env = { NATS_URL: broker.url, DATABASE_URL: database.pooledUrl, JWT_KEY: KEY, CURSOR_SECRET: KEY,
      DAISI_DATABASE_POOL: String(CLIENTS), ...more }
    processes = await Promise.all([startService('ingest', env), startService('project', env), startService('serve', env)])
  }
  const ask = async (company: string): Promise<string> => {
    const token = await mintToken({ key: KEY, issuer: 'daisi', audience: 'daisi-wa-events', company: company as CompanyId,
      scope: 'read:chats read:messages read:contacts', subject: 'test', expiresInSeconds: 60 })
    const response = await fetch(processes[2]?.httpUrl ?? '', { method: 'POST', body: JSON.stringify({ query: QUERY }),
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` } })
    return response.text()
  }
  const publish = async (company: string): Promise<void> => {
    for (let i = 0; i < 5; i += 1) await broker.publish(`v1.messages.upsert.${company}`, JSON.stringify(aMessageBody(`m${i}`)))
  }
  const readable = (company: string) => eventually(`messages of ${company} can be read`, async () =>
    (await ask(company)).includes('"messageCount":5'), READABLE_WITHIN_MS)
  /** The test's server is set up to be fast, and each process says so. */
  const troubles = (): ReadonlyArray<string> => processes.flatMap((one) => one.log().split('\n'))
    .filter((line) => /"level":"(warn|error)"/.test(line) && !line.includes('a power cut loses'))

  it('takes in, projects and answers many at once over few connections, by polling, and complains of nothing', async () => {
    await start()
    for (const company of ['ACME', 'GLOBEX']) {
      await publish(company)
      await readable(company)
    }
    const answers = await Promise.all(Array.from({ length: 6 }, (_, i) => ask(['ACME', 'NOBODY'][i % 2] ?? '')))
    expect(answers.map((answer) => /"messageCount":(\d)/.exec(answer)?.[1]).join('')).to.equal('50'.repeat(3))
    expect(troubles()).to.deep.equal([])
  })
  it('is woken when it may listen past the pooler, and the pooler complains of nothing either', async () => {
    await start({ DAISI_LISTEN_DATABASE_URL: database.url, DAISI_POLL_MS: '10000' })
    await publish('INITECH')
    // another test's open transaction may hold the log back when a wake-up comes: the next message brings the next one
    let next = 5
    await eventually('they can be read long before the poll', async () => {
      await broker.publish('v1.messages.upsert.INITECH', JSON.stringify(aMessageBody(`m${next}`)))
      next += 1
      return Number(/"messageCount":(\d+)/.exec(await ask('INITECH'))?.[1] ?? 0) >= 5
    }, 8_000)
    expect(troubles()).to.deep.equal([])
    expect(database.complaints()).to.deep.equal([])
  })
}).timeout(180_000)
