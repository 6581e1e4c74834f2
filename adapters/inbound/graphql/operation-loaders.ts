import DataLoader from 'dataloader'
import type { Operations } from '../../../application/operations.ts'
import type { FailureBody, FoundFailedEvent } from '../../../application/ports/failed-event-finder.ts'
import type { FoundReplayJob } from '../../../application/ports/replay-job-finder.ts'
import { answered, refusal } from './refusals.ts'

/** What operators look at, by the ids that the API shows. */
export interface OperationLoaders {
  readonly failedEvent: DataLoader<string, FoundFailedEvent | undefined>
  readonly failureBody: DataLoader<number, FailureBody>
  readonly replayJob: DataLoader<string, FoundReplayJob | undefined>
}

/** Of one request, as stored; as text and as base64 they are more than twice as much, and a body may be a megabyte. */
const MOST_BODY_BYTES = 16_777_216
const TOO_LARGE = refusal('TOO_EXPENSIVE', 'The bodies of so many events are too large together. Ask for fewer at once.')

const DIGITS = /^[1-9]\d{0,14}$/

/** Undefined for what is no id of ours. */
export const toEventId = (id: string): number | undefined => (DIGITS.test(id) ? Number(id) : undefined)

export const operationLoadersOf = ({ failedEvents, replayJobs }: Operations): OperationLoaders => ({
  failedEvent: new DataLoader(async (ids: ReadonlyArray<string>) => {
    const found = await answered(failedEvents.byIds(ids.flatMap((id) => toEventId(id) ?? [])))
    return ids.map((id) => found.get(toEventId(id) ?? 0))
  }),
  failureBody: new DataLoader(async (ids: ReadonlyArray<number>): Promise<ReadonlyArray<FailureBody | Error>> => {
    const found = await answered(failedEvents.bodies(ids, MOST_BODY_BYTES))
    return ids.map((id) => found.get(id) ?? TOO_LARGE)
  }),
  replayJob: new DataLoader(async (ids: ReadonlyArray<string>) => {
    const found = await answered(replayJobs.byIds(ids))
    return ids.map((id) => found.get(id))
  }),
})
