/** One assertion of reliability 4.4 on the live catalog, and what breaks it. */
export interface SchemaRule {
  readonly rule: string
  /** Answers one column `name`: what breaks the rule, named so that the culprit is found. Empty on a good schema. */
  readonly breaches: string
  /** Statements that break the rule in the schema `planted`, which exists and is empty; run as a superuser. */
  readonly plant: ReadonlyArray<string>
  /** The names that `breaches` must then answer besides what it answered before. */
  readonly caught: ReadonlyArray<string>
}

/** Every schema that is not PostgreSQL's own: a table in a schema that nobody thought of is looked at too. */
export const OURS = `n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`

export const RUNTIME_ROLES = ['daisi_writer', 'daisi_projector', 'daisi_reader', 'daisi_ops'] as const

/** A SQL list of names. None of them holds a quote. */
export const names = (all: ReadonlyArray<string>): string => `(${[...all, ''].map((name) => `'${name}'`).join(', ')})`

/** What a company id is (migrations/20261128T010000-cheap-company-check.ts). */
export const COMPANY_CHECK = `company_id ~ '^[A-Za-z0-9_-]+$' and length(company_id) <= 48`

/** A table as the rules want it, to break in one place. */
export const good = (table: string, columns = ''): ReadonlyArray<string> => [
  `create table planted.${table} (company_id text not null check (${COMPANY_CHECK}), id text not null${columns},
     primary key (company_id, id))`,
  `alter table planted.${table} enable row level security`, `alter table planted.${table} force row level security`,
  `create policy owner_all on planted.${table} to daisi_owner using (true) with check (true)`,
]
