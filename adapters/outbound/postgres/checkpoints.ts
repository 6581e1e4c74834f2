import type { MikroORM } from '@mikro-orm/postgresql'
import { sql } from 'kysely'
import type { Checkpoints } from '../../../application/ports/checkpoints.ts'
import { comparePositions, ORIGIN } from '../../../application/ports/event-log.ts'
import { attemptOwn } from './attempt.ts'
import { asWriter } from './in-role.ts'

interface CheckpointRow { readonly epoch: number; readonly xid: string; readonly seq: string }

export const postgresCheckpoints = (orm: MikroORM): Checkpoints => ({
  of: (policy) => attemptOwn(() => asWriter(orm, [], async (tx) => {
    const { rows: [row] } = await sql<CheckpointRow>`select epoch, xid, seq from daisi.policy_checkpoints
      where policy = ${policy}`.execute(tx)
    return row === undefined ? ORIGIN : { epoch: row.epoch, xid: Number(row.xid), seq: Number(row.seq) }
  })),
  move: (policy, from, to) => attemptOwn(() => asWriter(orm, [], async (tx) => {
    const { numAffectedRows } = await sql`insert into daisi.policy_checkpoints as p (policy, epoch, xid, seq)
      select ${policy}, ${to.epoch}::integer, ${String(to.xid)}::xid8, ${to.seq}::bigint
      where ${comparePositions(from, ORIGIN) === 0}::boolean or exists (select from daisi.policy_checkpoints where policy = ${policy})
      on conflict (policy) do update set epoch = excluded.epoch, xid = excluded.xid, seq = excluded.seq, updated_at = now()
      where (p.epoch, p.xid, p.seq) = (${from.epoch}::integer, ${String(from.xid)}::xid8, ${from.seq}::bigint)`.execute(tx)
    return numAffectedRows === 1n
  })),
})
