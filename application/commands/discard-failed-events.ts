import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { OperatorDesk, TakenEvent } from '../ports/operator-desk.ts'
import type { Selection } from '../ports/replay-job-finder.ts'
import { act, refusal, type Acted, type Actor } from './act.ts'
import { idsOf, refuseHeld, takeSelection, toldOf } from './take-selection.ts'

export interface Discarding extends Actor {
  readonly selection: Selection
  /** Why; whoever finds the events later has nothing else. */
  readonly note: string
}

const MOST_NOTE = 1_000

const refuseSettled = (taken: ReadonlyArray<TakenEvent>): Acted<void> => {
  const settled = taken.find(({ status }) => status === 'resolved' || status === 'discarded')
  if (settled !== undefined) return TE.left(refusal('already_settled', `Event ${settled.id} is ${settled.status} already.`))
  const claimed = taken.find(({ isClaimed }) => isClaimed)
  if (claimed === undefined) return TE.right(undefined)
  return TE.left(refusal('retried_just_now', `Event ${claimed.id} is being retried at this moment: try again.`))
}

/** Gives failed events up: nobody tries them any more. They stay, and can still be replayed. Answers how many. */
export const discardFailedEvents = (desk: OperatorDesk) => (request: Discarding): Acted<number> => {
  const note = request.note.trim()
  const action = { ...request, action: 'discard', target: 'failed_events', details: toldOf(request.selection) } as const
  return act(desk, action, (tx) => {
    if (note === '' || note.length > MOST_NOTE)
      return TE.left(refusal('note_required', `Say why in a note of at most ${MOST_NOTE} characters.`))
    return pipe(
      takeSelection(tx, request.selection),
      TE.chainFirstW(refuseSettled),
      TE.chainFirstW((taken) => refuseHeld(tx, taken)),
      TE.chainFirstW((taken) => tx.discard(idsOf(taken), note)),
      TE.map((taken) => taken.length),
    )
  }, (count) => ({ count }))
}
