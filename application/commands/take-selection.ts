import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { DeskTx, TakenEvent } from '../ports/operator-desk.ts'
import type { Selection } from '../ports/replay-job-finder.ts'
import { refusal, type Acted, type Refusal } from './act.ts'

/** More would be an accident, or work for several jobs. */
const MOST_SELECTED = 100_000
/** Ids that the audit names one by one. */
const MOST_NAMED = 100

export const idsOf = (taken: ReadonlyArray<TakenEvent>): ReadonlyArray<number> => taken.map(({ id }) => id)

/** What the audit keeps of a selection. */
export const toldOf = (selection: Selection): Readonly<Record<string, unknown>> =>
  ('ids' in selection ? { ids: selection.ids.slice(0, MOST_NAMED), asked: selection.ids.length } : { filter: selection.conditions })

const isEmpty = (selection: Selection): boolean =>
  ('ids' in selection ? selection.ids : Object.values(selection.conditions).filter((condition) => condition !== undefined)).length === 0

const missing = (selection: Selection, taken: ReadonlyArray<TakenEvent>): Refusal | undefined => {
  if (!('ids' in selection))
    return taken.length === 0 ? refusal('not_found', 'No failed event of the company meets the filter.') : undefined
  const found = new Set(idsOf(taken))
  const unknown = selection.ids.filter((id) => !found.has(id))
  if (unknown.length === 0) return undefined
  return refusal('not_found', 'The company has no such failed event.', { missing: unknown.slice(0, MOST_NAMED) })
}

const problemOf = (selection: Selection, taken: ReadonlyArray<TakenEvent>): Refusal | undefined => {
  if (taken.length > MOST_SELECTED) return refusal('too_many', `More than ${MOST_SELECTED} events: narrow the filter.`)
  const retrying = taken.find(({ status }) => status === 'retrying')
  if (retrying !== undefined) return refusal('still_retrying', `The broker still delivers event ${retrying.id}: wait until that has ended.`)
  return missing(selection, taken)
}

/** The events meant, nobody else's until the transaction ends; refuses to act on nothing, on everything, and on what is not dead. */
export const takeSelection = (tx: DeskTx, selection: Selection): Acted<ReadonlyArray<TakenEvent>> => {
  if (isEmpty(selection)) return TE.left(refusal('empty_filter', 'Say which events: ids, or at least one condition.'))
  const distinct = 'ids' in selection ? { ids: [...new Set(selection.ids)] } : selection
  return pipe(
    tx.take(distinct, MOST_SELECTED + 1),
    TE.chainW((taken) => {
      const problem = problemOf(distinct, taken)
      return problem === undefined ? TE.right(taken) : TE.left(problem)
    }),
  )
}

/** No event is acted on while a replay of it is under way. */
export const refuseHeld = (tx: DeskTx, taken: ReadonlyArray<TakenEvent>): Acted<void> => pipe(
  tx.jobHolding(idsOf(taken)),
  TE.chainW((jobId) => (jobId === undefined ? TE.right(undefined)
    : TE.left(refusal('in_another_job', `Replay job ${jobId} already works on some of these events: wait for it, or abort it.`, { jobId })))),
)
