import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import type { MikroORM } from '@mikro-orm/postgresql'
import { sql } from 'kysely'
import { attempt } from '../../../adapters/outbound/postgres/attempt.ts'
import { asReader, asWriter, inTransaction, type Database } from '../../../adapters/outbound/postgres/in-role.ts'
import { openOrm } from '../../../adapters/outbound/postgres/orm.ts'
import { withDatabase } from '../../support/with-database.ts'

const PHONE = '6281100020003'
const FORBIDDEN = '42501'

const contact = (company: string, id: string) => sql`insert into daisi.contacts (company_id, id, agent_id, phone_number, row_version, merge)
  values (${company}, ${id}, 'a-1', ${PHONE}, 1, '{}')`

const contactsSeen = async (tx: Database): Promise<ReadonlyArray<string>> =>
  (await sql<{ readonly company_id: string }>`select company_id from daisi.contacts`.execute(tx)).rows.map((row) => row.company_id)

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(() => 'it was allowed', (cause: unknown) => String(Reflect.get(cause as object, 'code')))

/** Pitfalls of row-level security (reliability 4.4) as they would be felt; the catalog's side of them is in schema.test.ts. */
describe('row-level security', () => {
  const database = withDatabase()
  /** One connection: who comes next gets what the one before left. */
  let orm: MikroORM
  before(async () => {
    orm = await openOrm({ url: database().url, poolSize: 1, name: 'daisi-test-pitfalls' })
    for (const company of ['acme', 'other']) await asWriter(orm, [company], (tx) => contact(company, 'k-1').execute(tx))
  })
  after(() => orm.close())

  it('leaves nothing of a company on the connection: who names none sees none, though the variable now reads as empty', async () => {
    expect(await asWriter(orm, ['acme'], contactsSeen)).to.deep.equal(['acme'])
    const next = await inTransaction(orm, async (tx) => {
      await sql`select set_config('role', 'daisi_writer', true)`.execute(tx)
      const { rows: [left] } = await sql<{ readonly value: string | null }>`select current_setting('app.company_ids', true) as value`
        .execute(tx)
      return { left: left?.value, seen: await contactsSeen(tx) }
    })
    expect(next).to.deep.equal({ left: '', seen: [] })
  })

  it('leaves no role on the connection, nor after a transaction that failed', async () => {
    const user = async (): Promise<string | undefined> =>
      (await sql<{ readonly name: string }>`select current_user as name`.execute(orm.em.fork().getKysely<unknown>())).rows[0]?.name
    const login = await user()
    await asWriter(orm, ['acme'], (tx) => sql`select 1 / 0`.execute(tx)).catch(() => undefined)
    expect(await user()).to.equal(login).and.not.equal('daisi_writer')
  })

  it('has no effect outside a transaction: nothing that is set for one stays', async () => {
    const db = orm.em.fork().getKysely<unknown>()
    await sql`select set_config('app.company_ids', 'acme', true)`.execute(db)
    const { rows: [left] } = await sql<{ readonly value: string }>`select current_setting('app.company_ids', true) as value`.execute(db)
    expect(left?.value).to.equal('')
  })

  it('lets a batch write no row of a company that it did not name, and give none away', async () => {
    expect(await codeOf(asWriter(orm, ['acme'], (tx) => contact('other', 'k-2').execute(tx)))).to.equal(FORBIDDEN)
    expect(await codeOf(asWriter(orm, ['acme'], (tx) => sql`update daisi.contacts set company_id = 'other'`.execute(tx)))).to.equal(FORBIDDEN)
    const { numAffectedRows } = await asWriter(orm, ['acme'], (tx) => sql`update daisi.contacts set notes = 'x' where company_id = 'other'`.execute(tx))
    expect(numAffectedRows).to.equal(0n)
  })

  it('takes no name with a comma or an apostrophe for two companies', async () => {
    expect(await asReader(orm, 'acme,other', async (tx) => (await sql`select 1 from read.chat_overview`.execute(tx)).rows)).to.deep.equal([])
    expect(await asWriter(orm, [`acme' or true --`], contactsSeen)).to.deep.equal([])
  })

  it('lets no key tell that another company has the same one; a key taken by oneself is told without its values', async () => {
    expect(await codeOf(asWriter(orm, ['third'], (tx) => contact('third', 'k-1').execute(tx)))).to.equal('it was allowed')
    const taken = await attempt(() => asWriter(orm, ['acme'], (tx) => contact('acme', 'k-3').execute(tx)))()
    if (E.isRight(taken) || taken.left.type !== 'Unstorable') throw new Error('expected a key that is taken')
    const { sqlState, cause } = taken.left
    expect(sqlState).to.equal('23505')
    expect(`${cause.message} ${cause.stack ?? ''} ${JSON.stringify(cause)}`).not.to.contain(PHONE)
  })

  it('binds each role to a search path that nobody else writes to', async () => {
    const { rows: [row] } = await asReader(orm, 'acme', (tx) => sql<{ readonly path: string }>`select current_setting('search_path') as path`.execute(tx))
    expect(row?.path).to.equal('pg_catalog, pg_temp')
  })

  /** The plan that is left when the planner may use no other than an index, however small the table. */
  const planOf = async (tx: Database, query: ReturnType<typeof sql>): Promise<string> => {
    await sql`select set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true)`.execute(tx)
    return JSON.stringify((await sql`explain (costs off) ${query}`.execute(tx)).rows)
  }

  it('asks for the company once a statement, and finds its rows by an index that starts with it', async () => {
    const read = await asReader(orm, 'acme', (tx) => planOf(tx, sql`select * from read.message_timeline
      where company_id = 'acme' and chat_id = 'c-1' order by sent_at desc, message_id desc limit 20`))
    expect(read).to.match(/InitPlan/).and.match(/Index Cond: .*company_id/).and.not.match(/Sort Key/)
    const written = await asWriter(orm, ['acme'], (tx) => planOf(tx, sql`select m.* from unnest(array['acme'], array['m-1']) as k(company_id, id)
      join daisi.messages m on m.company_id = k.company_id and m.message_id = k.id`))
    expect(written).to.match(/Index Cond: .*company_id/).and.match(/hashed SubPlan/)
  })
})
