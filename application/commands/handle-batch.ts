import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Instruction } from '../aggregates.ts'
import { applyBatch, scopeOf, type FactCounts } from '../apply-batch.ts'
import type { Transactions } from '../ports/transactions.ts'
import type { Unavailable, Unstorable } from '../ports/unavailable.ts'

/** All instructions of the batch or none of them. */
export type HandleBatch = (batch: ReadonlyArray<Instruction>) => TE.TaskEither<Unavailable | Unstorable, FactCounts>

/** One transaction: lock the lanes, load the states, decide in memory, save states and facts (design 5). */
export const handleBatch = ({ transact }: Transactions): HandleBatch => (batch) =>
  transact(scopeOf(batch), (tx) => TE.map(({ counts }: { readonly counts: FactCounts }) => counts)(applyBatch(batch, tx)))
