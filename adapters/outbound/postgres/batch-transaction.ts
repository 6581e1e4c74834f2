import type { MikroORM } from '@mikro-orm/postgresql'
import { sql, type RawBuilder } from 'kysely'
import type { BatchScope } from '../../../application/ports/transactions.ts'
import { batchEntry } from './in-role.ts'
import { pipelinedClient, type Send } from './pipelined-client.ts'

const BEGIN = sql`begin`
const COMMIT = sql`commit`
const ROLLBACK = sql`rollback`

/** A statement of its own, before anything that takes a transaction id; ascending, so that no two batches deadlock (design 5). */
const lockLanes = (locks: ReadonlyArray<number>): RawBuilder<unknown> =>
  sql`select pg_advisory_xact_lock(k) from unnest(${[...locks]}::bigint[]) as k`

const opening = ({ companies, locks }: BatchScope): ReadonlyArray<RawBuilder<unknown>> =>
  [BEGIN, batchEntry(companies), ...(locks.length === 0 ? [] : [lockLanes(locks)])]

/**
 * All of `work` or none of it, in the name of the batch's companies. Begin, role and limits, locks, and what `work` asks for first go out
 * together, in one round trip (measured, ADR 0019): the server runs them one after the other, so what is read is as it is when the locks
 * are held. Nothing is given out before they are: where one fails, the transaction is aborted, and what came behind is thrown away; the
 * failure is that of the first.
 */
export const inBatch = async <A>(orm: MikroORM, scope: BatchScope, work: (send: Send) => Promise<A>): Promise<A> => {
  const { send, endWith } = pipelinedClient(orm)
  const entered = Promise.all(opening(scope).map((query) => send(query)))
  entered.catch(() => undefined)
  const inside: Send = async (query) => {
    const answer = send(query)
    answer.catch(() => undefined)
    await entered
    return answer
  }
  const worked = await work(inside).then(async (result) => {
    await entered
    return result
  }).catch(async (cause: unknown) => {
    await endWith(ROLLBACK).catch(() => undefined)
    throw cause
  })
  await endWith(COMMIT)
  return worked
}
