import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Instruction } from '../aggregates.ts'
import { applyBatch, scopeOf, type FactCounts } from '../apply-batch.ts'
import type { Transactions } from '../ports/transactions.ts'
import type { Unavailable, Unstorable } from '../ports/unavailable.ts'

/** All instructions of the batch or none of them. */
export type HandleBatch = (batch: ReadonlyArray<Instruction>) => TE.TaskEither<Unavailable | Unstorable, FactCounts>

/**
 * One transaction: lock the lanes, load the states, decide in memory, save states and facts (design 5). `contradicted` is told, once it
 * is committed, how many instructions said otherwise of what is kept for good; not where there are none.
 */
export const handleBatch = ({ transact }: Transactions, contradicted: (instructions: number) => void = () => undefined): HandleBatch =>
  (batch) => pipe(
    transact(scopeOf(batch), (tx) => applyBatch(batch, tx)),
    TE.map(({ counts, contradictions }) => {
      if (contradictions > 0) contradicted(contradictions)
      return counts
    }),
  )
