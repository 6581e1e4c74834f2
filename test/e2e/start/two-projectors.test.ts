import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { sql } from 'kysely'
import { postgresTransactions } from '../../../adapters/outbound/postgres/transactions.ts'
import { aChange } from '../../support/a-change.ts'
import { aCompanyId } from '../../support/a-company-id.ts'
import { aMessage } from '../../support/a-message.ts'
import { live } from '../../support/an-observation.ts'
import { eventually } from '../../support/eventually.ts'
import { startService, type ServiceProcess } from '../../support/service-process.ts'
import { withDatabase } from '../../support/with-database.ts'

const TEST_WITHIN_MS = 180_000
const WAIT_MS = 60_000
const BATCHES = 40
const MESSAGES_A_BATCH = 10

/** Bad inputs C13: each step moves its checkpoint from where it read, so of two projectors one writes and the other's work is nothing. */
describe('two projectors of the same projections', function () {
  this.timeout(TEST_WITHIN_MS)
  const database = withDatabase()
  const companyId = aCompanyId()
  let stored = 0
  let processes: ReadonlyArray<ServiceProcess> = []

  const store = async (batches: number): Promise<void> => {
    for (let batch = 0; batch < batches; batch += 1) {
      const message = Array.from({ length: MESSAGES_A_BATCH }, () => {
        stored += 1
        return aChange('message', { companyId, id: `m-${stored}` }, [aMessage(live(stored), { text: 'hello' })])
      })
      const saved = await postgresTransactions(database().orm)
        .transact({ companies: [companyId], locks: [] }, (tx) => tx.save({ message }))()
      expect(E.isRight(saved)).to.equal(true)
    }
  }

  /** Rows of the read model, and what the projections counted while they wrote them. */
  const projected = async (): Promise<{ readonly rows: number; readonly counted: number }> =>
    (await sql<{ rows: number; counted: number }>`select (select count(*)::int from read.message_timeline) as rows,
      (select coalesce(sum(messages), 0)::int from read.company_totals) as counted`.execute(database().orm.em.fork().getKysely<unknown>()))
      .rows[0] ?? { rows: 0, counted: 0 }

  const untilAllIsProjected = () => eventually('all is projected', async () => (await projected()).rows === stored, WAIT_MS)

  before(async () => {
    const env = { DATABASE_URL: database().url, DAISI_PROJECTION_PAGE: '7', DAISI_POLL_MS: '10' }
    processes = await Promise.all([startService('project', env), startService('project', env)])
  })
  after(async () => { for (const one of processes) if (one.isRunning()) await one.end('SIGTERM') })

  it('count every fact once, and complain of nothing', async () => {
    await store(BATCHES)
    await untilAllIsProjected()
    expect(await projected()).to.deep.equal({ rows: stored, counted: stored })
    for (const { log } of processes) expect(log()).not.to.contain('"level":"error"')
  })

  it('go on when one of them is killed, with nothing counted twice', async () => {
    await store(BATCHES / 2)
    expect(await processes[0]?.end('SIGKILL')).to.equal('SIGKILL')
    await store(BATCHES / 2)
    await untilAllIsProjected()
    expect(await projected()).to.deep.equal({ rows: stored, counted: stored })
  })
})
