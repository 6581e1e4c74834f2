import type { MikroORM } from '@mikro-orm/postgresql'
import { sql } from 'kysely'
import type { ReplayQueue } from '../../../application/ports/replay-queue.ts'
import { attemptOwn } from './attempt.ts'
import { asWriterOfAll } from './in-role.ts'
import { claimReplays } from './replay-claims.ts'
import { concludeReplays } from './replay-outcomes.ts'

export const postgresReplayQueue = (orm: MikroORM): ReplayQueue => ({
  claim: (limit, claimSeconds) => attemptOwn(() => asWriterOfAll(orm, (tx) => claimReplays(tx, limit, claimSeconds))),
  conclude: (outcomes) => attemptOwn(() => asWriterOfAll(orm, (tx) => concludeReplays(tx, outcomes))),
  release: (items) => attemptOwn(() => asWriterOfAll(orm, async (tx) => {
    await sql`update daisi.replay_items i set claims = 0, claimed_until = null
      from unnest(${items.map(({ letter }): string => letter.companyId)}::text[], ${items.map(({ jobId }) => jobId)}::uuid[],
        ${items.map(({ letter }) => letter.id)}::bigint[]) as k(company_id, job_id, id)
      where i.company_id = k.company_id and i.job_id = k.job_id and i.failed_event_id = k.id`.execute(tx)
  })),
})
