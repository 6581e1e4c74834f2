import type { MikroORM } from '@mikro-orm/postgresql'
import * as E from 'fp-ts/lib/Either.js'
import { sql } from 'kysely'
import type { Beside, Compared, Generations, Group, Meanwhile, Standing } from '../../../../application/ports/generations.ts'
import { attemptOwn } from '../attempt.ts'
import { asOwner, asOwnerLooking, waitAtMost, type Database } from '../in-role.ts'
import { tableIn } from '../read-model-schema.ts'
import { cloneTable } from './clone-table.ts'
import { compareGenerations } from './compare-generations.ts'
import { exchange, holdProjections } from './exchange.ts'
import { SHARED, totalsOf } from './group-tables.ts'
import { sameShapes } from './table-shape.ts'

/** One at a time holds projections still; a statement of theirs may run before. */
const HOLD_WITHIN_MS = 5_000

interface RebuildRow { readonly state: Standing; readonly started: number; readonly switched: number | null }

const besideOf = async (tx: Database, group: Group): Promise<Beside | undefined> => {
  const { rows: [row] } = await sql<RebuildRow>`select state, (extract(epoch from started_at) * 1000)::float8 as started,
    (extract(epoch from switched_at) * 1000)::float8 as switched from read_beside.rebuild where name = ${group[0]}`.execute(tx)
  if (row === undefined) return undefined
  const fits = await sameShapes(tx, [...group, ...SHARED])
  return { standing: row.state, startedAt: row.started, fits, ...(row.switched === null ? {} : { switchedAt: row.switched }) }
}

const exists = async (tx: Database, name: string): Promise<boolean> =>
  (await sql<{ readonly there: boolean }>`select to_regclass(${`read_beside.${name}`}::text) is not null as there`.execute(tx)).rows[0]?.there === true

/** Of an earlier build nothing may be left: neither where it was, nor what it counted. */
const forget = async (tx: Database, group: Group): Promise<void> => {
  if (!(await exists(tx, 'checkpoint'))) return
  await sql`delete from ${tableIn('read_beside', 'checkpoint')} where name = any(${[...group]}::text[])`.execute(tx)
  const zeros = totalsOf(group).map((column) => `${column} = 0`)
  if (zeros.length > 0) await sql`update ${tableIn('read_beside', 'company_totals')} set ${sql.raw(zeros.join(', '))}`.execute(tx)
}

const prepare = async (tx: Database, group: Group): Promise<void> => {
  for (const name of SHARED) if (!(await exists(tx, name))) await cloneTable(tx, name)
  await forget(tx, group)
  for (const name of group) await cloneTable(tx, name)
  await sql`insert into read_beside.rebuild (name, state) values (${group[0]}, 'building')`.execute(tx)
}

const drop = async (tx: Database, group: Group): Promise<void> => {
  await forget(tx, group)
  for (const name of group) await sql`drop table if exists ${tableIn('read_beside', name)}`.execute(tx)
  await sql`delete from read_beside.rebuild where name = ${group[0]}`.execute(tx)
  const { rows } = await sql`select from read_beside.rebuild limit 1`.execute(tx)
  if (rows.length === 0) for (const name of SHARED) await sql`drop table if exists ${tableIn('read_beside', name)}`.execute(tx)
}

/** Without statistics the first questions after a switch would be planned as for empty tables. */
const analyze = async (orm: MikroORM, group: Group): Promise<void> => {
  for (const name of group) await asOwner(orm, (tx) => sql`analyze ${tableIn('read_beside', name)}`.execute(tx))
}

/** Both generations stand still only until the look has begun: what it sees does not change any more. */
const compare = async (orm: MikroORM, group: Group, meanwhile: Meanwhile, percent: number): Promise<Compared> => {
  await analyze(orm, group)
  const begun = Promise.withResolvers<undefined>()
  const look = (): Promise<Compared> => asOwnerLooking(orm, (tx) => {
    begun.resolve(undefined)
    return compareGenerations(tx, group, percent)
  })
  const comparing = await asOwner(orm, async (tx) => {
    await waitAtMost(tx, HOLD_WITHIN_MS)
    await holdProjections(tx)
    const caughtUp = await meanwhile()
    if (E.isLeft(caughtUp)) throw caughtUp.left.cause
    const compared = look()
    await Promise.race([begun.promise, compared])
    return { compared }
  })
  return comparing.compared
}

/** Needs a login that may become the owner and the projector: that of migrations. */
export const postgresGenerations = (orm: MikroORM): Generations => ({
  beside: (group) => attemptOwn(() => asOwner(orm, (tx) => besideOf(tx, group))),
  prepare: (group) => attemptOwn(() => asOwner(orm, (tx) => prepare(tx, group))),
  compare: (group, meanwhile, percent) => attemptOwn(() => compare(orm, group, meanwhile, percent)),
  exchange: (group, becomes, meanwhile) => attemptOwn(() => exchange(orm, group, becomes, meanwhile)),
  drop: (group) => attemptOwn(() => asOwner(orm, (tx) => drop(tx, group))),
})
