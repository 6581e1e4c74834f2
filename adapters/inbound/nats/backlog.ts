import { HISTORY, type StreamRank } from '../../../domain/clock.ts'
import { QUANTUM } from './fair-queue.ts'
import { HISTORY_STREAM } from './streams.ts'
import type { TrackedEvent } from './tracked-event.ts'

export type EventClass = 'realtime' | 'history'
/** A company is crowded when more of its events are here than a turn takes. */
export type Crowd = 'crowded' | 'quiet'

/** Publish time of the oldest event, ms since 1970; undefined where there is none. */
type Oldest = number | undefined

/** What is delivered and not settled. */
export interface Held {
  readonly events: Readonly<Record<EventClass, number>>
  readonly oldest: Readonly<Record<EventClass, Oldest>>
  readonly crowds: Readonly<Record<Crowd, { readonly companies: number; readonly oldest: Oldest }>>
}

/** Numbers only, of all companies together: bounded, for metrics. */
export interface Backlog extends Held {
  /** Items that wait for a batch. */
  readonly queuedItems: number
  readonly companies: Readonly<Record<'consumed' | 'suspended' | 'unlisted', number>>
}

export const classOf = (rank: StreamRank): EventClass => (rank === HISTORY ? 'history' : 'realtime')

export const older = (a: Oldest, b: Oldest): Oldest => (a === undefined || b === undefined ? a ?? b : Math.min(a, b))

interface Line { count: number; oldest: number }

const crowdOf = (lines: Iterable<Line>, isIn: (line: Line) => boolean): Held['crowds'][Crowd] => {
  let [companies, oldest]: [number, Oldest] = [0, undefined]
  for (const line of lines) {
    if (!isIn(line)) continue
    companies += 1
    oldest = older(oldest, line.oldest)
  }
  return { companies, oldest }
}

/** Looks at each event once; done about every second. */
export const heldState = (held: Iterable<TrackedEvent>): Held => {
  const [events, oldest] = [{ realtime: 0, history: 0 }, { realtime: undefined as Oldest, history: undefined as Oldest }]
  const lines = new Map<string, Line>()
  for (const { companyId, incoming: { delivery: { stream, publishedAtMs } } } of held) {
    const kind: EventClass = stream === HISTORY_STREAM ? 'history' : 'realtime'
    events[kind] += 1
    oldest[kind] = older(oldest[kind], publishedAtMs)
    const line = lines.get(companyId) ?? { count: 0, oldest: publishedAtMs }
    lines.set(companyId, { count: line.count + 1, oldest: Math.min(line.oldest, publishedAtMs) })
  }
  const isCrowded = ({ count }: Line): boolean => count > QUANTUM
  return { events, oldest, crowds: { crowded: crowdOf(lines.values(), isCrowded),
    quiet: crowdOf(lines.values(), (line) => !isCrowded(line)) } }
}
