import type { MikroORM } from '@mikro-orm/postgresql'
import { sql, type RawBuilder } from 'kysely'
import type { BatchScope } from '../../../application/ports/transactions.ts'
import { batchEntry } from './in-role.ts'
import type { Send } from './pipelined-client.ts'
import { inPipeline } from './pipelined-transaction.ts'

/** A statement of its own, before anything that takes a transaction id; ascending, so that no two batches deadlock (design 5). */
const lockLanes = (locks: ReadonlyArray<number>): RawBuilder<unknown> =>
  sql`select pg_advisory_xact_lock(k) from unnest(${[...locks]}::bigint[]) as k`

/** All of `work` or none of it, in the name of the batch's companies. What is read is as it is when the locks are held. */
export const inBatch = <A>(orm: MikroORM, { companies, locks }: BatchScope, work: (send: Send) => Promise<A>): Promise<A> =>
  inPipeline(orm, [batchEntry(companies), ...(locks.length === 0 ? [] : [lockLanes(locks)])], work)
