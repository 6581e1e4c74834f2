import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { applyBatch, scopeOf } from '../apply-batch.ts'
import type { AggregateKind, Instruction } from '../aggregates.ts'
import type { ReplayChange } from '../ports/replay-queue.ts'
import type { Change, Changes, Transactions } from '../ports/transactions.ts'
import type { Unavailable, Unstorable } from '../ports/unavailable.ts'

/** What a batch would change. */
export type RehearseBatch = (batch: ReadonlyArray<Instruction>) => TE.TaskEither<Unavailable | Unstorable, ReadonlyArray<ReplayChange>>

/** Parts of a state whose own fields are what a reader knows it by. */
const OPENED: ReadonlySet<string> = new Set(['heard', 'fields'])

const entriesOf = (state: unknown): Readonly<Record<string, unknown>> =>
  (typeof state === 'object' && state !== null ? { ...state } : {})

const isSame = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b)

/** Names only: a dry run shows no values. */
const changedFields = (before: unknown, after: unknown): ReadonlyArray<string> => {
  const [was, is] = [entriesOf(before), entriesOf(after)]
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].filter((name) => !isSame(was[name], is[name]))
    .flatMap((name) => (OPENED.has(name) ? changedFields(was[name], is[name]) : [name]))
}

const toReplayChange = (kind: AggregateKind, { id, before, state, facts }: Change<AggregateKind>): ReplayChange =>
  ({ kind, id, facts: facts.map(({ event }) => event.type), fields: changedFields(before, state) })

const told = (changes: Changes): ReadonlyArray<ReplayChange> =>
  (Object.entries(changes) as [AggregateKind, ReadonlyArray<Change<AggregateKind>>][])
    .flatMap(([kind, ofKind]) => ofKind.map((change) => toReplayChange(kind, change)))

/** What makes the transaction roll back when all has gone well. */
interface Rehearsed { readonly type: 'Rehearsed'; readonly changes: ReadonlyArray<ReplayChange> }

/** As `handleBatch`, saving included, so that what the store refuses is refused here too; then all of it is rolled back. */
export const rehearseBatch = ({ transact }: Transactions): RehearseBatch => (batch) => async () => {
  const ended = await transact(scopeOf(batch), (tx) => pipe(
    applyBatch(batch, tx),
    TE.chain(({ changes }): TE.TaskEither<Rehearsed | Unavailable | Unstorable, never> =>
      TE.left({ type: 'Rehearsed', changes: told(changes) })),
  ))()
  if (E.isRight(ended)) return ended
  return ended.left.type === 'Rehearsed' ? E.right(ended.left.changes) : E.left(ended.left)
}
