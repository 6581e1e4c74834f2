import { expect } from 'chai'
import { sql } from 'kysely'
import { withDatabase } from '../../support/with-database.ts'

const SCHEMAS = sql`n.nspname in ('daisi', 'read')`

describe('the schema', () => {
  const database = withDatabase()
  const names = async (query: ReturnType<typeof sql<{ name: string }>>): Promise<ReadonlyArray<string>> =>
    (await query.execute(database().orm.em.fork().getKysely<unknown>())).rows.map(({ name }) => name)

  it('forces row-level security on every table with a company', async () => {
    expect(await names(sql`select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'company_id'
      where ${SCHEMAS} and c.relkind in ('r', 'p') and not (c.relrowsecurity and c.relforcerowsecurity)`)).to.deep.equal([])
  })

  it('checks every company id, and never leaves it out', async () => {
    expect(await names(sql`select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'company_id'
      where ${SCHEMAS} and c.relkind = 'r' and not (a.attnotnull and exists (select from pg_constraint k
        where k.conrelid = c.oid and k.contype = 'c' and pg_get_constraintdef(k.oid) like '%A-Za-z0-9_-%'))`)).to.deep.equal([])
  })

  it('leads every index with the company, but for the order of the log', async () => {
    expect(await names(sql`select i.indexrelid::regclass::text as name from pg_index i join pg_class c on c.oid = i.indrelid
      join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attname = 'company_id'
      where ${SCHEMAS} and i.indkey[0] <> a.attnum`)).to.deep.equal(['daisi.event_log_pkey'])
  })

  it('gives everything to an owner that nobody logs in as', async () => {
    expect(await names(sql`select distinct pg_get_userbyid(c.relowner) as name from pg_class c join pg_namespace n
      on n.oid = c.relnamespace where ${SCHEMAS}`)).to.deep.equal(['daisi_owner'])
    expect(await names(sql`select rolname as name from pg_roles where rolname like 'daisi\\_%'
      and (rolcanlogin or rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)`)).to.deep.equal([])
  })

  it('lets nobody truncate, and writers delete early facts only', async () => {
    const may = (privilege: string) => names(sql`select r.rolname || ' ' || c.oid::regclass::text as name from pg_class c
      join pg_namespace n on n.oid = c.relnamespace cross join pg_roles r where ${SCHEMAS} and n.nspname = 'daisi' and c.relkind = 'r'
        and r.rolname in ('daisi_writer', 'daisi_projector', 'daisi_reader', 'daisi_ops') and has_table_privilege(r.rolname, c.oid, ${privilege})`)
    expect(await may('TRUNCATE')).to.deep.equal([])
    expect(await may('DELETE')).to.deep.equal(['daisi_writer daisi.early_facts'])
  })

  it('grants its roles without inheritance, so that a login that forgets to become one can do nothing', async () => {
    expect(await names(sql`select r.rolname as name from pg_auth_members m join pg_roles r on r.oid = m.roleid
      where r.rolname like 'daisi\\_%' and m.inherit_option`)).to.deep.equal([])
  })
})
