import { createHash } from 'node:crypto'
import type { Client } from 'pg'

/** A row of every table, of one company and agent, whose texts and numbers are its canary. */
export interface Planted {
  readonly company: string
  /** What the row's own keys are: the attacker knows them. */
  readonly id: string
  readonly agent: string
  /** In every text that is no key. */
  readonly mark: string
  /** In every whole number. */
  readonly number: number
}

interface Column { readonly name: string; readonly type: string; readonly check: string | null }

export interface Table { readonly schema: string; readonly name: string; readonly columns: ReadonlyArray<Column> }

/** Every table with a company, and the columns that an insert may set. */
const TABLES = `select n.nspname as schema, c.relname as name, json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, null),
    'check', (select pg_get_constraintdef(k.oid) from pg_constraint k where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum] limit 1))
    order by a.attnum) as columns
  from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  where n.nspname in ('daisi', 'read') and c.relkind in ('r', 'p') and a.attgenerated = '' and (a.attidentity = '' or (c.relname, a.attname) = ('failed_events', 'id'))
    and exists (select from pg_attribute o where o.attrelid = c.oid and o.attname = 'company_id' and not o.attisdropped)
  group by 1, 2 order by 1, 2`

/** Key columns, by which rows refer to each other. */
const KEYS = /^(chat_id|message_id|contact_id|id|onboarding_id|alias|aggregate_id|last_message_id|first_message_id|contact_alias|last_id|after_id)$/

/** What the columns of read models must hold for the API to show them. */
const SHOWN: Readonly<Record<string, string>> = {
  'message_timeline.flow': 'IN', 'contact_card.type': 'PERSONAL', 'contact_card.gender': 'MALE', 'contact_card.status': 'ACTIVE',
}

/** Ids that others may know; other numbers than the canary's. */
export const failedEventIdOf = ({ id, number }: Planted): number => number + [...id].reduce((sum, char) => sum + char.charCodeAt(0), 0)

/** Of every column of that type: a job and its items share it. */
export const uuidOf = ({ company, id }: Planted): string => {
  const hex = createHash('md5').update(`${company} ${id}`).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** What JSON columns must hold for the API to show them. */
const jsonOf = (column: string, { mark, number }: Planted): unknown => {
  switch (column) {
    case 'failed_events.attempts': return [{ at: '2001-02-03T04:05:06Z', by: 'worker', reason: mark, pointer: mark, message: mark }]
    case 'replay_items.changes': return [{ kind: mark, id: mark, facts: [mark], fields: [mark] }]
    default: return { secret: mark, n: number }
  }
}

const textValue = (table: string, { name, check }: Column, { company, id, agent, mark }: Planted): string => {
  if (name === 'company_id') return company
  if (name === 'agent_id') return agent
  if (name === 'phone_number') return `phone-${id}`
  if (KEYS.test(name)) return id
  return SHOWN[`${table}.${name}`] ?? /'([^']+)'::text/.exec(check ?? '')?.[1] ?? mark
}

const valueOf = (table: string, column: Column, planted: Planted): unknown => {
  const { mark, number } = planted
  if (`${table}.${column.name}` === 'failed_events.id' || column.name === 'failed_event_id') return failedEventIdOf(planted)
  switch (column.type) {
    case 'text': return textValue(table, column, planted)
    case 'bigint': case 'integer': return column.check === null ? number : 1
    case 'smallint': return 1
    case 'boolean': return column.name === 'visible'
    case 'json': case 'jsonb': return JSON.stringify(jsonOf(`${table}.${column.name}`, planted))
    case 'bytea': return Buffer.from(mark)
    case 'date': return '2001-02-03'
    case 'xid8': return '7'
    case 'uuid': return uuidOf(planted)
    default: return column.type.startsWith('timestamp') ? '2001-02-03T04:05:06Z' : mark
  }
}

export const tablesOf = async (client: Client): Promise<ReadonlyArray<Table>> => (await client.query<Table>(TABLES)).rows

/** The row as an insert with bound values. */
export const insertOf = ({ schema, name, columns }: Table, planted: Planted): { readonly text: string; readonly values: unknown[] } => ({
  text: `insert into ${schema}.${name} (${columns.map((column) => `"${column.name}"`).join(', ')}) overriding system value
    values (${columns.map((_, i) => `$${i + 1}`).join(', ')})`,
  values: columns.map((column) => valueOf(name, column, planted)),
})

/** Puts one row into every table, as the owner of all; in whatever order, so references are not looked after meanwhile. */
export const plant = async (client: Client, tables: ReadonlyArray<Table>, planted: Planted): Promise<void> => {
  await client.query('set session_replication_role = replica')
  for (const table of tables) {
    const { text, values } = insertOf(table, planted)
    await client.query(`${text} on conflict do nothing`, values)
  }
  await client.query('reset session_replication_role')
}

/** All of a company's rows as one text: whether anybody has changed one. */
export const rowsOf = async (client: Client, tables: ReadonlyArray<Table>, company: string): Promise<string> => {
  const texts: string[] = []
  for (const { schema, name } of tables) {
    const { rows } = await client.query<{ readonly all: string | null }>(
      `select string_agg(t::text, e'\\n' order by t::text) as all from ${schema}.${name} t where company_id = $1`, [company])
    texts.push(`${schema}.${name}: ${rows[0]?.all ?? ''}`)
  }
  return texts.join('\n')
}
