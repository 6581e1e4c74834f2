import type { FailedEvent, FailedEvents } from '../../../application/ports/failed-events.ts'
import type { Circuit } from './circuit.ts'
import type { TrackedEvent } from './tracked-event.ts'

/** A failure on its way to the table, and the event that waits for it. */
export interface Reported { readonly event: TrackedEvent; readonly failure: FailedEvent }

/** Failures written in one statement; a storm of them is batched like anything else (bad inputs E110). */
const MOST_AT_ONCE = 500
/** Bytes of bodies in one statement. */
const MOST_BYTES = 16_777_216
/** The event that failed unexpectedly comes again after 1, 2, 4, 8 seconds (contract 1.3). */
const FIRST_RETRY_MS = 1_000
const LONGEST_RETRY_MS = 8_000

const retryDelayMs = ({ deliveries }: FailedEvent): number => Math.min(FIRST_RETRY_MS * 2 ** Math.min(deliveries - 1, 10), LONGEST_RETRY_MS)

const cutOff = (waiting: Reported[]): ReadonlyArray<Reported> => {
  let bytes = 0
  const taken = waiting.findIndex(({ failure }, i) => {
    bytes += failure.body.length
    return i > 0 && (i >= MOST_AT_ONCE || bytes > MOST_BYTES)
  })
  return waiting.splice(0, taken < 0 ? waiting.length : taken)
}

/** Stores failures before their events are settled: an acknowledged event is applied or kept, never neither. `stored` hears of each. */
export const failureDesk = (failedEvents: FailedEvents, { untilAvailable }: Circuit, stored: (event: TrackedEvent) => void) => {
  const waiting: Reported[] = []
  let writing: Promise<void> | undefined

  const write = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = cutOff(waiting)
      const fates = await untilAvailable(failedEvents.record(batch.map(({ failure }) => failure)))
      if (fates === undefined) return
      for (const [i, { event, failure }] of batch.entries()) {
        if (fates[i] === 'retry') event.retryMs = retryDelayMs(failure)
        event.failures += 1
        stored(event)
      }
    }
  }

  const report = (reported: Reported): void => {
    waiting.push(reported)
    writing ??= write().finally(() => { writing = undefined })
  }

  return { report, isIdle: () => writing === undefined }
}
