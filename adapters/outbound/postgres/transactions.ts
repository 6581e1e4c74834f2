import * as E from 'fp-ts/lib/Either.js'
import type { MikroORM } from '@mikro-orm/postgresql'
import { sql } from 'kysely'
import type { BatchScope, Transactions, Tx } from '../../../application/ports/transactions.ts'
import { allOrNone } from './all-or-none.ts'
import { attempt } from './attempt.ts'
import { asBatchWriter, type Database } from './in-role.ts'
import { loadAggregates } from './load-aggregates.ts'
import { saveAggregates } from './save-aggregates.ts'

/** A statement of its own, before anything that takes a transaction id; ascending, so that no two batches deadlock (design 5). */
const lockLanes = async (tx: Database, { locks }: BatchScope): Promise<void> => {
  if (locks.length > 0) await sql`select pg_advisory_xact_lock(k) from unnest(${[...locks]}::bigint[]) as k`.execute(tx)
}

const postgresTx = (tx: Database): Tx => ({
  load: (wanted) => attempt(() => loadAggregates(tx, wanted)),
  save: (changes) => attempt(() => saveAggregates(tx, changes)),
})

/**
 * Begin, settings, locks, one load, one save, commit: six round trips, whatever the batch holds. `onCommit` wakes the followers
 * of the log.
 */
export const postgresTransactions = (orm: MikroORM, onCommit: () => void = () => undefined): Transactions => ({
  transact: <Err, A>(scope: BatchScope, work: (tx: Tx) => () => Promise<E.Either<Err, A>>) => async () => {
    const worked = await attempt(() => allOrNone((inner) => asBatchWriter(orm, scope.companies, inner), (tx) => async () => {
      await lockLanes(tx, scope)
      return work(postgresTx(tx))()
    }))()
    if (E.isLeft(worked)) return worked
    if (E.isRight(worked.right)) onCommit()
    return worked.right
  },
})
