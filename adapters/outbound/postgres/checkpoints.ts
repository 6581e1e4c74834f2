import type { MikroORM } from '@mikro-orm/postgresql'
import { sql } from 'kysely'
import type { Checkpoints } from '../../../application/ports/checkpoints.ts'
import { comparePositions, ORIGIN } from '../../../application/ports/event-log.ts'
import { attemptOwn } from './attempt.ts'
import { policyEntry } from './in-role.ts'
import { positionValues, toPosition, type PositionRow } from './log-position.ts'
import { inPipeline } from './pipelined-transaction.ts'
import { readOnce } from './read-transaction.ts'

export const postgresCheckpoints = (orm: MikroORM): Checkpoints => ({
  of: (policy) => attemptOwn(async () => {
    const [row] = await readOnce(orm, policyEntry, sql<PositionRow>`select epoch, xid, seq from daisi.policy_checkpoints
      where policy = ${policy}`)
    return row === undefined ? ORIGIN : toPosition(row)
  }),
  move: (policy, from, to) => attemptOwn(() => inPipeline(orm, [policyEntry], async (send) => {
    const { rowCount } = await send(sql`insert into daisi.policy_checkpoints as p (policy, epoch, xid, seq)
      select ${policy}, ${positionValues(to)}
      where ${comparePositions(from, ORIGIN) === 0}::boolean or exists (select from daisi.policy_checkpoints where policy = ${policy})
      on conflict (policy) do update set epoch = excluded.epoch, xid = excluded.xid, seq = excluded.seq, updated_at = now()
      where (p.epoch, p.xid, p.seq) = (${positionValues(from)})`)
    return rowCount === 1
  })),
})
