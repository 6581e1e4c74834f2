import { sql } from 'kysely'
import { comparePositions, ORIGIN, type Position } from '../../../application/ports/event-log.ts'
import type { Progress } from '../../../application/ports/read-model-store.ts'
import type { Database } from './in-role.ts'

interface CheckpointRow { readonly epoch: number; readonly xid: string; readonly seq: string; readonly fact_at: number | null }

export const readProgress = async (tx: Database, name: string): Promise<Progress> => {
  const { rows: [row] } = await sql<CheckpointRow>`select epoch, xid, seq, (extract(epoch from fact_at) * 1000)::float8 as fact_at
    from read.checkpoint where name = ${name}`.execute(tx)
  if (row === undefined) return { position: ORIGIN }
  const position = { epoch: row.epoch, xid: Number(row.xid), seq: Number(row.seq) }
  return row.fact_at === null ? { position } : { position, factAt: row.fact_at }
}

/**
 * Compare-and-set. It comes first in its transaction, so that a projector that was overtaken waits here for the faster one
 * and then writes nothing. A checkpoint that does not exist stands at the origin.
 */
export const moveCheckpoint = async (tx: Database, name: string, from: Position, { position: to, factAt }: Progress): Promise<boolean> => {
  const { numAffectedRows } = await sql`insert into read.checkpoint as c (name, epoch, xid, seq, fact_at)
    select ${name}, ${to.epoch}::integer, ${String(to.xid)}::xid8, ${to.seq}::bigint, to_timestamp(${factAt ?? null}::float8 / 1000)
    where ${comparePositions(from, ORIGIN) === 0}::boolean or exists (select from read.checkpoint where name = ${name})
    on conflict (name) do update
      set epoch = excluded.epoch, xid = excluded.xid, seq = excluded.seq, fact_at = excluded.fact_at, updated_at = now()
    where (c.epoch, c.xid, c.seq) = (${from.epoch}::integer, ${String(from.xid)}::xid8, ${from.seq}::bigint)`.execute(tx)
  return numAffectedRows === 1n
}
