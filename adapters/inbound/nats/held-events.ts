import type { WallClock } from '../../../application/ports/wall-clock.ts'
import { finish, type Settled, type TrackedEvent } from './tracked-event.ts'

/** How often within `ack_wait` the broker is told that a held event is alive. */
const SIGNS_OF_LIFE = 4
const MS_PER_SECOND = 1_000

/** The events accepted and not yet settled; each is settled once, by its newest delivery. `settled` hears of it. */
export const heldEvents = (clock: WallClock, ackWaitSeconds: number, settled: Settled) => {
  const held = new Map<string, TrackedEvent>()
  const heartbeat = setInterval(() => { for (const { incoming } of held.values()) incoming.working() },
    (ackWaitSeconds * MS_PER_SECOND) / SIGNS_OF_LIFE)
  /** Signs of life are for held events; alone they are no reason to keep a process up. */
  heartbeat.unref()

  return {
    count: (): number => held.size,
    all: (): Iterable<TrackedEvent> => held.values(),
    /** False where it is held already, for the broker lost sight of it: then this delivery of it is the one to settle. */
    add: (event: TrackedEvent): boolean => {
      const known = held.get(event.place)
      if (known === undefined) held.set(event.place, event)
      else known.incoming = event.incoming
      return known === undefined
    },
    /** That many parts of the event are committed, as facts or as stored failures. */
    done: (event: TrackedEvent, parts = 1): void => {
      finish(event, parts, clock.nowMs(), (finished, outcome, took) => {
        held.delete(finished.place)
        settled(finished, outcome, took)
      })
    },
    /** So that another process has them at once. */
    giveBack: (): void => {
      clearInterval(heartbeat)
      for (const { incoming } of held.values()) incoming.giveBack(0)
    },
  }
}
