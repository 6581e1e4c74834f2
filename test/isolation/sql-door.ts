import type { Client } from 'pg'
import type { Tally } from './attempts.ts'
import { insertOf, type Planted, type Table } from './canaries.ts'

const ROLES = ['daisi_reader', 'daisi_writer', 'daisi_projector', 'daisi_ops'] as const

/** What a session may have been left with; never another company, for who can run SQL can set that too (reliability 4.4). */
const contexts = (own: string): Readonly<Record<string, ReadonlyArray<string>>> => ({
  own: [`set_config('app.company_id', '${own}', true)`, `set_config('app.company_ids', '${own}', true)`],
  unset: [], empty: [`set_config('app.company_id', '', true)`, `set_config('app.company_ids', '', true)`],
  wild: [`set_config('app.company_id', '%', true)`, `set_config('app.company_ids', '%,*,.*', true)`],
  list: [`set_config('app.company_id', '${own},', true)`, `set_config('app.company_ids', ',${own},,', true)`],
})

interface Relation { readonly name: string; readonly kind: string; readonly has_company: boolean }

const RELATIONS = `select format('%I.%I', n.nspname, c.relname) as name, c.relkind as kind,
    exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'company_id' and not a.attisdropped) as has_company
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S') order by 1`

const FUNCTIONS = `select format('%I.%I(%s)', n.nspname, p.proname,
    (select string_agg('null::' || format_type(t, null), ', ') from unnest(p.proargtypes) t)) as call
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and p.prokind = 'f'`

/** Where the server itself may show what others have stored or said. */
const CATALOGS = ['pg_stats', 'pg_statistic', 'pg_stats_ext', 'pg_stat_activity', 'pg_stat_statements', 'pg_prepared_statements',
  'pg_cursors',
  'pg_locks', 'pg_largeobject', 'pg_authid', 'pg_file_settings', 'pg_settings']

const ofRelation = ({ name, kind, has_company }: Relation, other: string): ReadonlyArray<string> => {
  if (kind === 'S') return [`select * from ${name}`, `select nextval('${name}')`, `select setval('${name}', 1)`]
  const all = [`select * from ${name}`, `select t::text from ${name} t`, `select * from ${name} for update`, `copy ${name} to stdout`,
    `copy (select * from ${name}) to stdout`, `copy ${name} from stdin`, `truncate ${name} cascade`, `delete from ${name}`]
  if (!has_company) return all
  return [...all, `select * from ${name} where company_id = '${other}'`, `select count(*) as "${other}" from ${name} where company_id = '${other}' having count(*) > 0`,
    `update ${name} set company_id = company_id where company_id = '${other}' returning *`,
    `update ${name} set company_id = '${other}' returning *`, `delete from ${name} where company_id = '${other}' returning *`,
    `select * from ${name} where company_id is null or true order by 1`, `with x as (select * from ${name}) table x`]
}

/** The projector folds the facts of every company into read models: that is what it is for (design 6, reliability 4.3). */
const isByDesign = (role: string, statement: string): boolean =>
  role === 'daisi_projector' && (/ (from|update|into|copy) read\./.test(` ${statement}`) || /\bread\./.test(statement)
    || /^(select|copy|with)[^]*daisi\.event_log/.test(statement))

interface Result { readonly text: string; readonly rows: number; readonly error?: string }

/** Runs one statement as a role, in a transaction that never commits; all bytes that come back are in `text`. */
const runAs = (client: Client) => {
  let copied = ''
  const { connection } = client as unknown as { readonly connection: NodeJS.EventEmitter }
  connection.on('copyData', ({ chunk }: { readonly chunk: Buffer }) => { copied += chunk.toString() })
  return async (role: string, settings: ReadonlyArray<string>, statement: string, values?: unknown[]): Promise<Result> => {
    copied = ''
    await client.query(`begin; set local statement_timeout = '5s'; ${settings.length === 0 ? '' : `select ${settings.join(', ')};`} set local role ${role}`)
    try {
      const { rows, rowCount } = await client.query<object>(statement, values)
      return { text: `${JSON.stringify(rows)}${copied}`, rows: rowCount ?? 0 }
    } catch (cause) {
      const { message, detail, hint, code } = cause as { readonly [K in 'message' | 'detail' | 'hint' | 'code']?: string }
      return { text: [message, detail, hint, copied].join(' '), rows: 0, error: code ?? '' }
    } finally {
      await client.query('rollback')
    }
  }
}

export interface SqlDoor {
  readonly client: Client
  readonly tables: ReadonlyArray<Table>
  readonly own: Planted
  readonly other: Planted
  readonly seen: (text: string) => string | undefined
}

const UNIQUE_VIOLATION = '23505'

/** Each role, in each state its session may be in, against each table, view, sequence, function and catalog (reliability G15). */
export const trySql = async ({ client, tables, own, other, seen }: SqlDoor, { count, control }: Tally): Promise<void> => {
  const relations = (await client.query<Relation>(RELATIONS)).rows
  const functions = (await client.query<{ readonly call: string }>(FUNCTIONS)).rows.map(({ call }) => `select * from ${call}`)
  const statements = [...relations.flatMap((relation) => ofRelation(relation, other.company)), ...functions,
    ...CATALOGS.map((name) => `select * from ${name}`)]
  const run = runAs(client)
  control('every table with a company is among the relations', tables.every(({ schema, name }) =>
    relations.some((relation) => relation.name === `${schema}.${name}`)))
  const touches = /^(update|delete|truncate)[^]*|^copy [^(]* from/
  for (const role of ROLES) for (const [context, settings] of Object.entries(contexts(own.company))) {
    for (const statement of statements.filter((text) => !isByDesign(role, text))) {
      const { text, rows, error } = await run(role, settings, statement)
      const touched = error === undefined && rows > 0 && touches.test(statement) && statement.includes(`'${other.company}'`)
      const emptied = error === undefined && statement.startsWith('truncate')
      count('sql', `${role}, ${context}: ${statement}`, seen(text) ?? (touched || emptied ? 'touched a row' : undefined))
    }
    for (const table of tables) {
      const { text, values } = insertOf(table, { ...other, id: `new-${other.id}` })
      if (isByDesign(role, text)) continue
      const { error } = await run(role, settings, text, values)
      count('sql', `${role}, ${context}: insert into ${table.schema}.${table.name}`, error === undefined ? 'wrote a row' : undefined)
      const same = insertOf(table, other)
      const again = await run(role, settings, same.text, same.values)
      count('sql', `${role}, ${context}: insert again into ${table.schema}.${table.name}`,
        again.error === UNIQUE_VIOLATION || again.error === undefined ? 'told that a row exists' : undefined)
    }
  }
  const all = await run('daisi_owner', [], `select * from ${tables[0]?.schema ?? ''}.${tables[0]?.name ?? ''}`)
  control('the owner sees the canaries of both', all.text.includes(other.company) && all.text.includes(own.company))
}
