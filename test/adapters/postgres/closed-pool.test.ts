import { sql } from 'kysely'
import { followerEntry } from '../../../adapters/outbound/postgres/in-role.ts'
import { openOrm } from '../../../adapters/outbound/postgres/orm.ts'
import { readOnce } from '../../../adapters/outbound/postgres/read-transaction.ts'
import { eventually } from '../../support/eventually.ts'
import { withDatabase } from '../../support/with-database.ts'

const NAME = 'daisi-test-closed'
const CONNECTED = sql`select from pg_stat_activity where application_name = ${NAME}`

describe('a pool that only pipelined transactions have used', () => {
  const database = withDatabase()

  it('has no connection left when it is closed', async () => {
    const orm = await openOrm({ url: database().url, poolSize: 2, name: NAME })
    const connections = () => readOnce(database().orm, followerEntry, CONNECTED)
    await readOnce(orm, followerEntry, sql`select 1`)
    await eventually('it is connected', async () => (await connections()).length === 1)
    await orm.close()
    await eventually('it is gone', async () => (await connections()).length === 0)
  })
})
