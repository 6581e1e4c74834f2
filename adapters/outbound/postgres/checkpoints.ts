import type { MikroORM } from '@mikro-orm/postgresql'
import { sql } from 'kysely'
import type { Checkpoints } from '../../../application/ports/checkpoints.ts'
import { comparePositions, ORIGIN } from '../../../application/ports/event-log.ts'
import { attemptOwn } from './attempt.ts'
import { asWriter } from './in-role.ts'
import { positionValues, toPosition, type PositionRow } from './log-position.ts'

export const postgresCheckpoints = (orm: MikroORM): Checkpoints => ({
  of: (policy) => attemptOwn(() => asWriter(orm, [], async (tx) => {
    const { rows: [row] } = await sql<PositionRow>`select epoch, xid, seq from daisi.policy_checkpoints
      where policy = ${policy}`.execute(tx)
    return row === undefined ? ORIGIN : toPosition(row)
  })),
  move: (policy, from, to) => attemptOwn(() => asWriter(orm, [], async (tx) => {
    const { numAffectedRows } = await sql`insert into daisi.policy_checkpoints as p (policy, epoch, xid, seq)
      select ${policy}, ${positionValues(to)}
      where ${comparePositions(from, ORIGIN) === 0}::boolean or exists (select from daisi.policy_checkpoints where policy = ${policy})
      on conflict (policy) do update set epoch = excluded.epoch, xid = excluded.xid, seq = excluded.seq, updated_at = now()
      where (p.epoch, p.xid, p.seq) = (${positionValues(from)})`.execute(tx)
    return numAffectedRows === 1n
  })),
})
