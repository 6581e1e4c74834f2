import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { OperatorDesk } from '../ports/operator-desk.ts'
import { act, refusal, type Acted, type Actor } from './act.ts'

/** What waits in the job is not replayed any more; what has been replayed stays. Answers how many items it stopped. */
export const abortReplayJob = (desk: OperatorDesk) => ({ jobId, companyId, actor }: Actor & { readonly jobId: string }): Acted<number> =>
  act(desk, { companyId, actor, action: 'abort', target: `replay_job:${jobId}`, details: {} }, (tx) => pipe(
    tx.abortJob(jobId),
    TE.chainW((aborted) => (aborted === undefined ? TE.left(refusal('not_running', 'The company has no running replay job with this id.'))
      : TE.right(aborted))),
  ), (aborted) => ({ aborted }))
