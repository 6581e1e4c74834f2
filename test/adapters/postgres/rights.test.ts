import { expect } from 'chai'
import { Client } from 'pg'
import { RUNTIME_ROLES } from '../../support/schema-rules/rule.ts'
import { withDatabase } from '../../support/with-database.ts'

type Right = 'select' | 'insert' | 'update' | 'delete' | 'truncate'
type Rights = ReadonlyArray<Right>

const WRITE: Rights = ['select', 'insert', 'update']

const all = (tables: ReadonlyArray<string>, rights: Rights): Readonly<Record<string, Rights>> =>
  Object.fromEntries(tables.map((table) => [table, rights]))

const STATES = ['messages', 'chats', 'contacts', 'contact_aliases', 'agents', 'onboarding_log',
  'post_scan_syncs'].map((name) => `daisi.${name}`)
const READ_MODELS = ['message_timeline', 'chat_overview', 'contact_card', 'agent_board', 'onboarding_list', 'company_totals', 'checkpoint']
  .map((name) => `read.${name}`)

/** What each role may do with each table; all that is not here is refused (reliability 4.3). */
const MAY: Readonly<Record<(typeof RUNTIME_ROLES)[number], Readonly<Record<string, Rights>>>> = {
  daisi_writer: {
    ...all(STATES, WRITE), ...all(['daisi.companies', 'daisi.acknowledged_positions', 'daisi.policy_checkpoints', 'daisi.failed_events',
      'daisi.exhausted_events'], WRITE),
    ...all(['daisi.replay_jobs', 'daisi.replay_items'], ['select', 'update']), 'daisi.operator_audit': ['insert'],
    ...all(['daisi.early_facts', 'daisi.ingest_processes'], [...WRITE, 'delete']), 'daisi.event_log': ['insert'],
      'daisi.log_epoch': ['select'], 'daisi_migrations': ['select'],
  },
  daisi_projector: { ...all(READ_MODELS, WRITE), ...all(['daisi.event_log', 'daisi.log_epoch', 'daisi_migrations'], ['select']) },
  daisi_reader: all([...READ_MODELS, 'daisi.companies', 'daisi.acknowledged_positions', 'daisi_migrations'], ['select']),
  daisi_ops: {
    ...all(['daisi.failed_events', 'daisi.exhausted_events'], ['select', 'update']),
    ...all(['daisi.companies', 'daisi.replay_jobs', 'daisi.replay_items'], WRITE), 'daisi.operator_audit': ['select', 'insert'],
    ...all(['daisi.early_facts', 'daisi.policy_checkpoints', 'daisi.ingest_processes', 'daisi_migrations'], ['select']),
  },
}

const FORBIDDEN = '42501'

describe('the rights of each role on each table', () => {
  let client: Client
  after(() => client.end())
  const database = withDatabase()
  before(async () => {
    client = new Client({ connectionString: database().url })
    await client.connect()
  })

  /** Tables with one column that can be written and that every role with any right on the table may name. */
  const tables = async (): Promise<ReadonlyArray<{ readonly name: string; readonly column: string }>> =>
    (await client.query<{ name: string; column: string }>(`select c.oid::regclass::text as name,
        (select quote_ident(attname) from pg_attribute where attrelid = c.oid and attnum > 0 and attidentity = '' order by attnum limit 1) as column
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`)).rows

  /** Whether the statement is refused for want of rights; whatever it does is undone. */
  const isAllowed = async (role: string, statement: string): Promise<boolean> => {
    await client.query(`begin; set local role ${role}`)
    try {
      await client.query(statement)
      return true
    } catch (cause) {
      if (Reflect.get(cause as object, 'code') === FORBIDDEN) return false
      throw cause
    } finally {
      await client.query('rollback')
    }
  }

  /** No rows are touched: rights are looked at before. */
  const statements = (name: string, column: string): Readonly<Record<Right, string>> => ({
    select: `select ${column} from ${name} where false`, insert: `insert into ${name} (${column}) select null where false`,
    update: `update ${name} set ${column} = null where false`, delete: `delete from ${name} where false`, truncate: `truncate ${name}`,
  })

  for (const role of RUNTIME_ROLES)
    it(`are what ${role} needs and nothing else`, async () => {
      const may: Record<string, Rights> = {}
      for (const { name, column } of await tables()) {
        const rights: Right[] = []
        for (const [right, statement] of Object.entries(statements(name, column)) as [Right, string][])
          if (await isAllowed(role, statement)) rights.push(right)
        if (rights.length > 0) may[name] = rights
      }
      expect(may).to.deep.equal(MAY[role])
    })

  it('show readers of the registry whether their company is suspended, and nothing else', async () => {
    expect(await isAllowed('daisi_reader', 'select company_id, status from daisi.companies')).to.equal(true)
    expect(await isAllowed('daisi_reader', 'select limits from daisi.companies')).to.equal(false)
  })

  it('show operators which early facts there are, not what they say', async () => {
    expect(await isAllowed('daisi_ops', 'select kind, aggregate_id, first_seen from daisi.early_facts')).to.equal(true)
    expect(await isAllowed('daisi_ops', 'select state from daisi.early_facts')).to.equal(false)
  })

  it('show operators no message, neither as it is stored nor as it is told or shown', async () => {
    for (const body of ['select message_text from daisi.messages', 'select payload from daisi.event_log',
      'select message_text from read.message_timeline'])
      expect(await isAllowed('daisi_ops', body), body).to.equal(false)
  })

  it('let nobody make, change or drop anything', async () => {
    for (const role of RUNTIME_ROLES)
      for (const ddl of ['create table daisi.mine (id int)', 'create table read.mine (id int)', 'create table public.mine (id int)',
        'alter table daisi.messages disable row level security', 'alter table read.chat_overview no force row level security',
        'drop policy writer_batch on daisi.messages', 'create schema mine', 'create role mine'])
        expect(await isAllowed(role, ddl), `${role}: ${ddl}`).to.equal(false)
  })
})
