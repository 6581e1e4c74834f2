import * as E from 'fp-ts/lib/Either.js'
import type { MikroORM } from '@mikro-orm/postgresql'
import { sql } from 'kysely'
import type { BatchScope, Transactions, Tx } from '../../../application/ports/transactions.ts'
import { attempt } from './attempt.ts'
import { asWriter, type Database } from './in-role.ts'
import { loadAggregates } from './load-aggregates.ts'
import { saveAggregates } from './save-aggregates.ts'

/** Carries a failure of the work through the driver's transaction, which rolls back on a throw. */
class Cut extends Error {
  readonly failure: unknown
  constructor(failure: unknown) {
    super('the work of a transaction failed')
    this.failure = failure
  }
}

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
    const worked = await attempt(() => asWriter(orm, scope.companies, async (tx) => {
      await lockLanes(tx, scope)
      const result = await work(postgresTx(tx))()
      if (E.isLeft(result)) throw new Cut(result.left)
      return result.right
    }).then(E.right, (cause: unknown) => {
      if (cause instanceof Cut) return E.left(cause.failure as Err)
      throw cause
    }))()
    if (E.isLeft(worked)) return worked
    if (E.isRight(worked.right)) onCommit()
    return worked.right
  },
})
