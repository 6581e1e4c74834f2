import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { setTimeout as sleep } from 'node:timers/promises'

/** Work that goes on for ever: `step` answers whether there may be more to do at once. */
export interface Follower {
  readonly name: string
  readonly step: () => Promise<boolean>
  /** For work that does not follow the log: it is not woken, and rests this long. */
  readonly everyMs?: number
}

/** A failure of a step is for the follower to report and to try again. */
export const stepped = async <A>(step: TaskEither<{ readonly cause: Error }, A>): Promise<A> => {
  const result = await step()
  if (E.isLeft(result)) throw result.left.cause
  return result.right
}

const MS_PER_SECOND = 1_000
const WAIT_AFTER_FAILURE_MS = 1_000

export interface Following {
  /** Something may have happened: do not wait for the poll. */
  readonly wake: () => void
  /** Every follower came round in the last `withinMs`. */
  readonly isAlive: (withinMs: number) => boolean
  /** Seconds since each follower last came round. */
  readonly idleSeconds: () => ReadonlyMap<string, number>
  readonly stop: () => Promise<void>
}

/** A rest that can be cut short for all who rest. */
const restArea = (pollMs: number) => {
  let wakeUp = new AbortController()
  return {
    rest: async (): Promise<void> => { await sleep(pollMs, undefined, { signal: wakeUp.signal }).catch(() => undefined) },
    wake: (): void => {
      const woken = wakeUp
      wakeUp = new AbortController()
      woken.abort()
    },
  }
}

export interface FollowOptions {
  /** Longest rest between two steps that found nothing. */
  readonly pollMs: number
  readonly onFailure: (name: string, cause: unknown) => void
}

/** Runs each follower in a loop of its own: at once while there is more, else when woken or after `pollMs`. */
export const follow = (followers: ReadonlyArray<Follower>, { pollMs, onFailure }: FollowOptions): Following => {
  const { rest, wake } = restArea(pollMs)
  const cameRoundAt = new Map(followers.map(({ name }) => [name, Date.now()]))
  const stop = new AbortController()
  const pause = (ms: number): Promise<unknown> => sleep(ms, undefined, { signal: stop.signal }).catch(() => undefined)
  const run = async ({ name, step, everyMs }: Follower): Promise<void> => {
    while (!stop.signal.aborted) {
      try {
        const more = await step()
        cameRoundAt.set(name, Date.now())
        if (!more) await (everyMs === undefined ? rest() : pause(everyMs))
      } catch (cause) {
        onFailure(name, cause)
        await pause(WAIT_AFTER_FAILURE_MS)
      }
    }
  }
  const loops = followers.map(run)
  return {
    wake,
    idleSeconds: () => new Map([...cameRoundAt].map(([name, at]) => [name, (Date.now() - at) / MS_PER_SECOND])),
    isAlive: (withinMs) => [...cameRoundAt.values()].every((at) => Date.now() - at < withinMs),
    stop: async () => {
      stop.abort()
      wake()
      await Promise.all(loops)
    },
  }
}
