import * as E from 'fp-ts/lib/Either.js'
import type { MikroORM } from '@mikro-orm/postgresql'
import type { BatchScope, Transactions, Tx } from '../../../application/ports/transactions.ts'
import { allOrNone } from './all-or-none.ts'
import { attempt } from './attempt.ts'
import { inBatch } from './batch-transaction.ts'
import { loadAggregates } from './load-aggregates.ts'
import type { Send } from './pipelined-client.ts'
import { saveAggregates } from './save-aggregates.ts'

const postgresTx = (send: Send): Tx => ({
  load: (wanted) => attempt(() => loadAggregates(send, wanted)),
  save: (changes) => attempt(() => saveAggregates(send, changes)),
})

/**
 * Begin, settings, locks and load; save; commit: three round trips, whatever the batch holds. `onCommit` wakes the followers
 * of the log.
 */
export const postgresTransactions = (orm: MikroORM, onCommit: () => void = () => undefined): Transactions => ({
  transact: <Err, A>(scope: BatchScope, work: (tx: Tx) => () => Promise<E.Either<Err, A>>) => async () => {
    const worked = await attempt(() => allOrNone((inner) => inBatch(orm, scope, inner), (send: Send) => work(postgresTx(send))))()
    if (E.isLeft(worked)) return worked
    if (E.isRight(worked.right)) onCommit()
    return worked.right
  },
})
