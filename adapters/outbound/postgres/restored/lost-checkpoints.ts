import type { MikroORM } from '@mikro-orm/postgresql'
import { sql, type RawBuilder } from 'kysely'
import { asOwner, asOwnerLooking, type Database } from '../in-role.ts'

interface Reached { readonly name: string; readonly epoch: number; readonly xid: string; readonly seq: string }

/** Every checkpoint stands at a fact that its reader has seen, or at the origin. */
const without = async (tx: Database, reached: ReadonlyArray<Reached>): Promise<ReadonlyArray<string>> => {
  const columns = { names: reached.map(({ name }) => name), epochs: reached.map(({ epoch }) => epoch), xids: reached.map(({ xid }) => xid),
    seqs: reached.map(({ seq }) => seq) }
  const { rows } = await sql<{ readonly name: string }>`select c.name from unnest(${columns.names}::text[], ${columns.epochs}::integer[],
      ${columns.xids}::xid8[], ${columns.seqs}::bigint[]) as c(name, epoch, xid, seq)
    where c.epoch > 0 and not exists (select from daisi.event_log e where (e.epoch, e.xid, e.seq) = (c.epoch, c.xid, c.seq))
    order by c.name`.execute(tx)
  return rows.map(({ name }) => name)
}

const reachedIn = async (tx: Database, table: RawBuilder<unknown>): Promise<ReadonlyArray<Reached>> =>
  (await sql<Reached>`select name, epoch, xid::text as xid, seq from ${table}`.execute(tx)).rows

/** Projections, over `readOrm`, whose checkpoint is at a fact that the log does not have: rows and log are of two backups. */
export const lostProjections = async (orm: MikroORM, readOrm: MikroORM): Promise<ReadonlyArray<string>> => {
  const reached = await asOwnerLooking(readOrm, (tx) => reachedIn(tx, sql`read.checkpoint`))
  return asOwnerLooking(orm, (tx) => without(tx, reached))
}

/** Policies in the same state; with `repairs` they begin at the origin again, which changes nothing of what they have done. */
export const lostPolicies = (orm: MikroORM, repairs: boolean): Promise<ReadonlyArray<string>> => asOwner(orm, async (tx) => {
  const lost = await without(tx, await reachedIn(tx, sql`(select policy as name, epoch, xid, seq from daisi.policy_checkpoints) as p`))
  if (repairs && lost.length > 0) await sql`delete from daisi.policy_checkpoints where policy = any(${[...lost]}::text[])`.execute(tx)
  return lost
})
