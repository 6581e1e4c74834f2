import * as TE from 'fp-ts/lib/TaskEither.js'
import type { FailedEvents } from '../../../application/ports/failed-events.ts'
import type { Circuit } from './circuit.ts'
import { publishedAtOf } from './delivery.ts'
import type { TrackedEvent } from './tracked-event.ts'

/**
 * What an event had failed with is forgotten before it is acknowledged, for then nobody would come back to that; also that a run
 * was begun, where only items of it failed now: these are kept by themselves.
 */
export const forgetting = (failedEvents: FailedEvents, gate: Circuit, done: (event: TrackedEvent) => void) =>
  async (events: ReadonlyArray<TrackedEvent>): Promise<void> => {
    const passed = events.filter(({ failures, failedItems }) => failures === failedItems.length)
    const sources = passed.map(({ companyId, failedItems, incoming: { delivery } }) =>
      ({ companyId, stream: delivery.stream, sequence: delivery.sequence, publishedAt: publishedAtOf(delivery), failedItems }))
    const forgotten = await gate.untilAvailable(TE.map(() => true)(failedEvents.succeeded(sources)))
    if (forgotten === true) for (const event of events) done(event)
  }
