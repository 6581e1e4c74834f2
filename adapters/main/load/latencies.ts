import { createHistogram, type RecordableHistogram } from 'node:perf_hooks'
import { comparePositions, type Position } from '../../../application/ports/event-log.ts'
import type { CommittedFact } from '../../outbound/postgres/log-watch.ts'

/** Milliseconds. */
export interface Latency {
  /** How many events it is of. */
  readonly count: number
  readonly p50: number
  readonly p90: number
  readonly p99: number
  readonly max: number
}

/** What has been seen of an event in the log: its last fact, and when. */
interface Seen { readonly position: Position; readonly atMs: number }
interface Committed extends Seen { readonly sentAtMs: number }

export interface LatencyFigures {
  /** Events with a fact in the log, and those of them that every projection shows. */
  readonly committed: number
  readonly readable: number
  /** Stored while too many were watched already. */
  readonly unwatched: number
  readonly toCommit: Latency
  readonly toReadable: Latency
}

const US_PER_MS = 1_000
/** The histogram's bounds: 1 µs to an hour, three figures; of fixed size whatever comes. */
const BOUNDS = { lowest: 1, highest: 3_600_000_000, figures: 3 }
/** Events watched at a time: a backlog beyond is not measured, only counted. */
const MOST_WATCHED = 100_000

const placeOf = (stream: string, sequence: number): string => `${stream} ${sequence}`

const record = (histogram: RecordableHistogram, ms: number): void =>
  { histogram.record(Math.min(BOUNDS.highest, Math.max(1, Math.round(ms * US_PER_MS)))) }

const latencyOf = (histogram: RecordableHistogram): Latency => {
  const at = (percent: number): number => (histogram.count === 0 ? 0 : histogram.percentile(percent) / US_PER_MS)
  return { count: histogram.count, p50: at(50), p90: at(90), p99: at(99), max: histogram.count === 0 ? 0 : histogram.max / US_PER_MS }
}

/** Facts that are seen before the broker has answered the publish; the oldest go when there are too many. */
const earlySightings = () => {
  const early = new Map<string, Seen>()
  return {
    keep: (place: string, seen: Seen): void => {
      const [oldest] = early.keys()
      if (oldest !== undefined && early.size >= MOST_WATCHED) early.delete(oldest)
      early.set(place, seen)
    },
    take: (place: string): Seen | undefined => {
      const seen = early.get(place)
      early.delete(place)
      return seen
    },
  }
}

/** Which stored events have been seen in the log; those, in its order. */
const sightings = () => {
  const [stored, early, committed] = [new Map<string, number>(), earlySightings(), new Map<string, Committed>()]
  let [commits, unwatched] = [0, 0]
  const commit = (place: string, seen: Seen, sentAtMs: number): void => {
    if (!committed.delete(place)) commits += 1
    committed.set(place, { ...seen, sentAtMs })
    stored.delete(place)
  }
  return {
    committed, counts: () => ({ committed: commits, unwatched }),
    published: (place: string, sentAtMs: number): void => {
      const seen = early.take(place)
      if (seen !== undefined) commit(place, seen, sentAtMs)
      else if (stored.size < MOST_WATCHED) stored.set(place, sentAtMs)
      else unwatched += 1
    },
    seen: (place: string, seen: Seen): void => {
      const sentAtMs = stored.get(place) ?? committed.get(place)?.sentAtMs
      if (sentAtMs === undefined) early.keep(place, seen)
      else commit(place, seen, sentAtMs)
    },
  }
}

/**
 * From the publish of an event to the commit of its last fact, and until every projection shows that. The log may be read before the
 * broker's answer to the publish, so what is not known yet is kept for it.
 */
export const latencies = () => {
  const [toCommit, toReadable, { committed, counts, published, seen }] = [createHistogram(BOUNDS), createHistogram(BOUNDS), sightings()]
  return {
    published: (stream: string, sequence: number, sentAtMs: number): void => { published(placeOf(stream, sequence), sentAtMs) },
    /** Facts of the load's companies, in the order of the log, as they are seen. */
    committed: (facts: ReadonlyArray<CommittedFact>, atMs: number): void => {
      for (const { stream, sequence, position } of facts) seen(placeOf(stream, sequence), { position, atMs })
    },
    /** All projections show everything up to it. */
    readable: (upTo: Position, atMs: number): void => {
      for (const [place, { position, sentAtMs, atMs: committedAtMs }] of committed) {
        if (comparePositions(position, upTo) > 0) break
        record(toCommit, committedAtMs - sentAtMs)
        record(toReadable, atMs - sentAtMs)
        committed.delete(place)
      }
    },
    /** Nothing more is awaited: what is committed and not readable is measured as far as it came. */
    end: (): void => {
      for (const { sentAtMs, atMs } of committed.values()) record(toCommit, atMs - sentAtMs)
      committed.clear()
    },
    figures: (): LatencyFigures =>
      ({ ...counts(), readable: toReadable.count, toCommit: latencyOf(toCommit), toReadable: latencyOf(toReadable) }),
  }
}

export type Latencies = ReturnType<typeof latencies>
