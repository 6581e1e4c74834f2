import type { MikroORM } from '@mikro-orm/postgresql'
import { sql } from 'kysely'
import { NOBODY } from '../../../application/ports/failed-events.ts'
import type { NobodysEvents } from '../../../application/ports/nobodys-events.ts'
import { attemptOwn } from './attempt.ts'
import { asWriterOfAll } from './in-role.ts'

const MS_PER_SECOND = 1_000

/** `published_at` is in whole seconds. */
export const postgresNobodysEvents = (orm: MikroORM): NobodysEvents => ({
  kept: ({ stream, createdAtMs, subject, from, upTo }) => attemptOwn(() => asWriterOfAll(orm, async (tx) => {
    const { rows: [row] } = await sql<{ readonly kept: string }>`select count(distinct sequence) as kept from daisi.failed_events
      where company_id = ${NOBODY} and stream = ${stream} and subject = ${subject} and sequence between ${from}::bigint and ${upTo}::bigint
        and published_at >= to_timestamp(${Math.floor(createdAtMs / MS_PER_SECOND)}::float8)`.execute(tx)
    return Number(row?.kept ?? 0)
  })),
})
