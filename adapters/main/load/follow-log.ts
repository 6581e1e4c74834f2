import type { MikroORM } from '@mikro-orm/postgresql'
import { setTimeout as sleep } from 'node:timers/promises'
import { comparePositions, ORIGIN, type Position } from '../../../application/ports/event-log.ts'
import { committedAfter, endOfLog, shownUpTo } from '../../outbound/postgres/log-watch.ts'
import { PROJECTIONS } from '../lag.ts'
import type { Latencies } from './latencies.ts'

/** How often the log and the checkpoints are looked at: the latencies are no more exact than that. */
export const LOOK_EVERY_MS = 25
const PAGE = 5_000

export interface LogFollowing {
  /** Everything of ours that has been seen in the log is shown by every projection. */
  readonly isShown: () => boolean
  /** Looks once more; rejects when that fails. */
  readonly stop: () => Promise<void>
}

export interface FollowLogOptions {
  readonly orm: MikroORM
  /** Where the read models live. */
  readonly readOrm: MikroORM
  /** How the ids of the load's companies begin. */
  readonly beginning: string
  readonly latencies: Latencies
}

/** One look at the log and at the projections, as often as it is called. */
const looker = ({ orm, readOrm, beginning, latencies }: FollowLogOptions, begin: Position) => {
  let [at, last, shown]: [Position, Position, Position] = [begin, ORIGIN, ORIGIN]
  const readLog = async (): Promise<boolean> => {
    const { facts, through, more } = await committedAfter(orm, at, beginning, PAGE)
    latencies.committed(facts, performance.now())
    at = through
    last = facts.at(-1)?.position ?? last
    return more
  }
  return {
    isShown: (): boolean => comparePositions(last, shown) <= 0,
    look: async (): Promise<void> => {
      while (await readLog());
      shown = await shownUpTo(readOrm, PROJECTIONS)
      latencies.readable(shown, performance.now())
    },
  }
}

/**
 * Reads the log as a projector does, below the oldest open transaction, and how far all projections are. Times are when another session
 * could see the commit: what is measured is what a reader gets, never less. A look that fails is made up for by the next.
 */
export const followLog = async (options: FollowLogOptions): Promise<LogFollowing> => {
  const [stopping, { look, isShown }] = [new AbortController(), looker(options, await endOfLog(options.orm))]
  const looking = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const next = performance.now() + LOOK_EVERY_MS
      await look().catch(() => undefined)
      await sleep(Math.max(1, next - performance.now()), undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  }
  const running = looking()
  return {
    isShown,
    stop: async () => {
      stopping.abort()
      await running
      await look()
    },
  }
}
