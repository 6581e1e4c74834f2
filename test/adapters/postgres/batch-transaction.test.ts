import { expect } from 'chai'
import { sql } from 'kysely'
import { Client } from 'pg'
import { inBatch } from '../../../adapters/outbound/postgres/batch-transaction.ts'
import { openOrm } from '../../../adapters/outbound/postgres/orm.ts'
import type { Send } from '../../../adapters/outbound/postgres/pipelined-client.ts'
import { aCompanyId } from '../../support/a-company-id.ts'
import { openDatabase } from '../../support/open-database.ts'
import { withOpen } from '../../support/with-database.ts'

/** No bigint: the server refuses to lock it. */
const NO_LOCK = 1e30
const OUT_OF_RANGE = /^22/

const outcomeOf = (asked: Promise<unknown>): Promise<unknown> =>
  asked.then(() => 'answered', (cause: unknown) => Reflect.get(cause as object, 'code'))

describe('the transaction of a batch', () => {
  const opened = withOpen(async () => {
    const database = await openDatabase()
    const orm = await openOrm({ url: database.url, poolSize: 1, name: 'daisi-test-batch' })
    const owner = new Client({ connectionString: database.url })
    await owner.connect()
    return { orm, owner, close: async () => {
      await owner.end()
      await orm.close()
      await database.close()
    } }
  })

  const roleIn = async (send: Send) => (await send(sql<{ readonly role: string }>`select current_user::text as role`)).rows[0]?.role
  const works = () => inBatch(opened().orm, { companies: [aCompanyId()], locks: [1] }, roleIn)

  it('has the role and the locks before the first statement is answered', async () => {
    const held = await inBatch(opened().orm, { companies: [aCompanyId()], locks: [3, 4] }, async (send) =>
      (await send(sql<{ readonly role: string; readonly locks: string }>`select current_user::text as role,
        (select count(*) from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()) as locks`)).rows)
    expect(held).to.deep.equal([{ role: 'daisi_writer', locks: '2' }])
  })

  it('gives out nothing where it could not be opened, and leaves its connection to the next', async () => {
    const failed = inBatch(opened().orm, { companies: [aCompanyId()], locks: [NO_LOCK] }, roleIn)
    expect(await outcomeOf(failed), 'the cause, not what came of it').to.match(OUT_OF_RANGE)
    expect(await works()).to.equal('daisi_writer')
  })

  it('fails where it could not be opened though nothing was asked', async () => {
    const failed = inBatch(opened().orm, { companies: [aCompanyId()], locks: [NO_LOCK] }, () => Promise.resolve())
    expect(await outcomeOf(failed)).to.match(OUT_OF_RANGE)
    expect(await works()).to.equal('daisi_writer')
  })

  it('is not done where a failed statement was overlooked, for then nothing is kept', async () => {
    const overlooked = inBatch(opened().orm, { companies: [aCompanyId()], locks: [1] }, (send) =>
      send(sql`select 1 / 0`).catch(() => undefined))
    expect(await overlooked.catch((cause: unknown) => cause)).to.have.property('message').that.includes('nothing was committed')
    expect(await works()).to.equal('daisi_writer')
  })

  it('gives back no connection that was lost inside', async () => {
    const { orm, owner } = opened()
    const lost = inBatch(orm, { companies: [aCompanyId()], locks: [1] }, async (send) => {
      const { rows: [found] } = await send(sql<{ readonly pid: number }>`select pg_backend_pid() as pid`)
      await owner.query('select pg_terminate_backend($1)', [found?.pid])
      await roleIn(send)
    })
    expect(await outcomeOf(lost)).to.not.equal('answered')
    expect(await works()).to.equal('daisi_writer')
  })
})
