import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { sql } from 'kysely'
import { Client } from 'pg'
import type { Unavailable, Unstorable } from '../../../application/ports/unavailable.ts'
import { attempt } from '../../../adapters/outbound/postgres/attempt.ts'
import { inTransaction } from '../../../adapters/outbound/postgres/in-role.ts'
import { openOrm } from '../../../adapters/outbound/postgres/orm.ts'
import { postgresCompanies } from '../../../adapters/outbound/postgres/companies.ts'
import { postgresTransactions } from '../../../adapters/outbound/postgres/transactions.ts'
import { aChange } from '../../support/a-change.ts'
import { aCompanyId } from '../../support/a-company-id.ts'
import { aMessage } from '../../support/a-message.ts'
import { live } from '../../support/an-observation.ts'
import { withDatabase } from '../../support/with-database.ts'

const SECRET = 'secret-of-a-customer'

describe('what goes wrong in PostgreSQL', () => {
  const database = withDatabase()

  const saveText = async (text: string): Promise<E.Either<Unavailable | Unstorable, void>> => {
    const key = { companyId: aCompanyId(), id: 'm1' }
    return postgresTransactions(database().orm).transact({ companies: [key.companyId], locks: [] }, (tx) =>
      tx.save({ message: [aChange('message', key, [aMessage(live(1), { text })])] }))()
  }

  it('is the data, when they cannot be stored; the error does not quote them', async () => {
    const result = await saveText(`${SECRET}\0`)
    if (E.isRight(result) || result.left.type !== 'Unstorable') throw new Error('expected data that cannot be stored')
    expect(result.left.sqlState).to.be.oneOf(['22021', '22P05'])
    expect(`${result.left.cause.message} ${result.left.cause.stack ?? ''} ${JSON.stringify(result.left.cause)}`).not.to.contain(SECRET)
  })

  it('is an outage, when nobody listens', async () => {
    const orm = await openOrm({ url: 'postgres://owner@127.0.0.1:1/none', poolSize: 1, name: 'daisi-test-down' })
    const result = await postgresCompanies(orm).all()()
    await orm.close(true)
    expect(E.isLeft(result) && result.left.type).to.equal('Unavailable')
  })

  it('is an outage, when the connection is lost in the middle; the next one works', async () => {
    const { orm, url } = database()
    const result = await postgresTransactions(orm).transact({ companies: [aCompanyId()], locks: [] }, (tx) => async () => {
      await terminateOthers(url)
      return tx.load({ message: [{ companyId: aCompanyId(), id: 'm1' }] })()
    })()
    expect(E.isLeft(result) && result.left.type).to.equal('Unavailable')
    expect(E.isRight(await saveText('again'))).to.equal(true)
  })

  it('gives each connection back, however often one is lost in the middle', async () => {
    const orm = await openOrm({ url: database().url, poolSize: 2, name: 'daisi-test-lost' })
    for (let i = 0; i < 5; i += 1) {
      await postgresTransactions(orm).transact({ companies: [aCompanyId()], locks: [] }, (tx) => async () => {
        await terminateOthers(database().url)
        return tx.load({ message: [{ companyId: aCompanyId(), id: 'm1' }] })()
      })()
    }
    expect(E.isRight(await postgresCompanies(orm).all()())).to.equal(true)
    await orm.close()
  })

  it('is an outage, when the server is silent; what it was doing reaches nobody else', async () => {
    const orm = await openOrm({ url: database().url, poolSize: 1, name: 'daisi-test-silent', queryTimeoutMs: 200 })
    const stuck = await attempt(() => inTransaction(orm, (tx) => sql`select pg_sleep(2)`.execute(tx)))()
    expect(E.isLeft(stuck) && stuck.left.type).to.equal('Unavailable')
    const { rows: [row] } = await inTransaction(orm, (tx) =>
      sql<{ started: boolean }>`select now() > clock_timestamp() - interval '200 ms' as started`.execute(tx))
    await orm.close()
    expect(row?.started).to.equal(true)
  })

  it('is an outage, when whoever listens says nothing', async function () {
    this.timeout(15_000)
    const silent = createServer().listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const { port } = silent.address() as AddressInfo
    const orm = await openOrm({ url: `postgres://nobody@127.0.0.1:${port}/none`, poolSize: 1, name: 'daisi-test-mute' })
    const stuck = await attempt(() => inTransaction(orm, (tx) => sql`select 1`.execute(tx)))()
    expect(E.isLeft(stuck) && stuck.left.type).to.equal('Unavailable')
    await orm.close()
    silent.close()
  })

  it('does not end the process, when idle connections are lost', async () => {
    const { url } = database()
    await Promise.all([saveText('one'), saveText('two')])
    await terminateOthers(url)
    const results = [await saveText('three'), await saveText('four'), await saveText('five')]
    expect(results.map(E.isRight).at(-1)).to.equal(true)
  })
})

/** Ends all other connections to the database, as a restart would. */
const terminateOthers = async (url: string): Promise<void> => {
  const client = new Client({ connectionString: url })
  await client.connect()
  await client.query(`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`)
  await client.end()
}
