import * as TE from 'fp-ts/lib/TaskEither.js'
import type { FailedEvents } from '../../../application/ports/failed-events.ts'
import type { Circuit } from './circuit.ts'
import { publishedAtOf } from './delivery.ts'
import type { TrackedEvent } from './tracked-event.ts'

export interface Forgetting {
  readonly failedEvents: Pick<FailedEvents, 'succeeded'>
  readonly gate: Circuit
  readonly done: (event: TrackedEvent) => void
  /** It cannot be forgotten, though PostgreSQL answers. */
  readonly refused: (event: TrackedEvent, cause: unknown) => void
}

/**
 * What an event had failed with is forgotten before it is acknowledged, for then nobody would come back to that; also that a run
 * was begun, where only items of it failed now: these are kept by themselves.
 */
export const forgetting = ({ failedEvents, gate, done, refused }: Forgetting) =>
  async (events: ReadonlyArray<TrackedEvent>): Promise<void> => {
    const passed = events.filter(({ failures, failedItems }) => failures === failedItems.length)
    const sources = passed.map(({ companyId, failedItems, incoming: { delivery } }) =>
      ({ companyId, stream: delivery.stream, sequence: delivery.sequence, publishedAt: publishedAtOf(delivery), failedItems }))
    const isOver = await gate.untilAvailable(TE.map(() => true)(failedEvents.succeeded(sources))).catch((cause: unknown) => {
      for (const event of passed) refused(event, cause)
      return true
    })
    if (isOver === true) for (const event of events) done(event)
  }
