import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { DeskTx, OperatorDesk } from '../ports/operator-desk.ts'
import type { Selection } from '../ports/replay-job-finder.ts'
import { act, refusal, type Acted, type Actor } from './act.ts'
import { idsOf, refuseHeld, takeSelection, toldOf } from './take-selection.ts'

export interface ReplayRequest extends Actor {
  readonly selection: Selection
  /** Each event is handled in a transaction that is rolled back; the job says what it would have changed. */
  readonly dryRun: boolean
  readonly perSecond?: number | undefined
}

export interface RequestedReplay { readonly jobId: string; readonly total: number }

const PER_SECOND = 200
const MOST_PER_SECOND = 10_000

const refuseInactive = (tx: DeskTx): Acted<void> => pipe(
  tx.companyIsActive(),
  TE.chainW((active) => (active ? TE.right(undefined)
    : TE.left(refusal('company_not_active', 'The company is suspended or unknown: nothing of it is replayed.')))),
)

/**
 * Freezes a set of failed events as a stored job, which ingest works through (`run-replay-jobs.ts`). What fails later is not in it.
 * A dry run hinders nobody, so it may look at events that another job works on.
 */
export const requestReplay = (desk: OperatorDesk) => (request: ReplayRequest): Acted<RequestedReplay> => {
  const { selection, dryRun, perSecond = PER_SECOND, actor } = request
  const action = { ...request, action: dryRun ? 'dry_run' : 'replay', target: 'failed_events',
    details: { ...toldOf(selection), perSecond } } as const
  return act(desk, action, (tx) => {
    if (!Number.isInteger(perSecond) || perSecond < 1 || perSecond > MOST_PER_SECOND)
      return TE.left(refusal('invalid_rate', `Events per second: a whole number from 1 to ${MOST_PER_SECOND}.`))
    return pipe(
      takeSelection(tx, selection),
      TE.chainFirstW(() => refuseInactive(tx)),
      TE.chainFirstW((taken) => (dryRun ? TE.right(undefined) : refuseHeld(tx, taken))),
      TE.chainW((taken) => pipe(
        tx.createJob({ requestedBy: actor, selection, dryRun, perSecond, eventIds: idsOf(taken) }),
        TE.map((jobId) => ({ jobId, total: taken.length })),
      )),
    )
  }, (requested) => ({ ...requested }))
}
