import type { FailedEvent, FailedEvents } from '../../../application/ports/failed-events.ts'
import type { Circuit } from './circuit.ts'
import type { TrackedEvent } from './tracked-event.ts'

/** A failure on its way to the table, and the event that waits for it. */
export interface Reported { readonly event: TrackedEvent; readonly failure: FailedEvent }

type Fate = 'dead' | 'retry'

/** Failures written in one statement; a storm of them is batched like anything else (bad inputs E110). */
const MOST_AT_ONCE = 500
/** Bytes of bodies in one statement. */
const MOST_BYTES = 16_777_216
/** The event that failed unexpectedly comes again after 1, 2, 4, 8 seconds (contract 1.3). */
const FIRST_RETRY_MS = 1_000
const LONGEST_RETRY_MS = 8_000

export const retryDelayMs = (deliveries: number): number =>
  Math.min(FIRST_RETRY_MS * 2 ** Math.min(deliveries - 1, 10), LONGEST_RETRY_MS)

const cutOff = (waiting: Reported[]): ReadonlyArray<Reported> => {
  let bytes = 0
  const taken = waiting.findIndex(({ failure }, i) => {
    bytes += failure.body.length
    return i > 0 && (i >= MOST_AT_ONCE || bytes > MOST_BYTES)
  })
  return waiting.splice(0, taken < 0 ? waiting.length : taken)
}

export interface DeskOptions {
  readonly failedEvents: FailedEvents
  readonly gate: Circuit
  /** The failure is committed, its event may be settled. */
  readonly stored: (event: TrackedEvent) => void
  /** A failure that cannot be stored for a reason of its own; its event comes again. */
  readonly unstorable: (reported: Reported, cause: unknown) => void
}

/** One that cannot be stored must not keep the others from it: halved until it is alone. Undefined when stopping. */
const recording = ({ failedEvents, gate: { untilAvailable }, unstorable }: DeskOptions) => {
  const record = async (batch: ReadonlyArray<Reported>): Promise<ReadonlyArray<Fate> | undefined> => {
    try {
      return await untilAvailable(failedEvents.record(batch.map(({ failure }) => failure)))
    } catch (cause) {
      const [only, second] = batch
      if (only === undefined) return []
      if (second !== undefined) return recordHalves(batch)
      unstorable(only, cause)
      return ['retry']
    }
  }
  const recordHalves = async (batch: ReadonlyArray<Reported>): Promise<ReadonlyArray<Fate> | undefined> => {
    const middle = Math.ceil(batch.length / 2)
    const first = await record(batch.slice(0, middle))
    const second = first === undefined ? undefined : await record(batch.slice(middle))
    return first === undefined || second === undefined ? undefined : [...first, ...second]
  }
  return record
}

/** Stores one batch; false when stopping. */
const writing = (options: DeskOptions) => {
  const record = recording(options)
  return async (batch: ReadonlyArray<Reported>): Promise<boolean> => {
    const fates = await record(batch)
    if (fates === undefined) return false
    for (const [i, { event, failure }] of batch.entries()) {
      if (fates[i] !== 'dead') event.retryMs = retryDelayMs(failure.deliveries)
      options.stored(event)
    }
    return true
  }
}

/** Stores failures before their events are settled: an acknowledged event is applied or kept, never neither. */
export const failureDesk = (options: DeskOptions) => {
  let unstorable = 0
  let isStuck = false
  const write = writing({ ...options, unstorable: (reported, cause) => {
    unstorable += 1
    options.unstorable(reported, cause)
  } })
  const waiting: Reported[] = []
  let isBusy = false

  const workOff = async (): Promise<void> => {
    isBusy = true
    while (waiting.length > 0) {
      const before = unstorable
      if (!await write(cutOff(waiting))) break
      isStuck = unstorable > before
    }
    isBusy = false
  }

  return {
    report: (reported: Reported): void => {
      waiting.push(reported)
      if (!isBusy) void workOff()
    },
    /** Among the last failures was one that could not be kept either: its event comes again and again, and somebody must look. */
    isStuck: (): boolean => isStuck,
  }
}
