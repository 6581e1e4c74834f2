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
  /** Its last step failed. */
  readonly isFailing: (name: string) => boolean
  readonly stop: () => Promise<void>
}

/** A rest that can be cut short for all who rest. */
const restArea = (pollMs: number) => {
  let wakeUp = new AbortController()
  return {
    /** The rest that follows a step which begins now: a wake that comes during the step ends it, too. */
    restAfterwards: (): () => Promise<void> => {
      const { signal } = wakeUp
      return async () => { await sleep(pollMs, undefined, { signal }).catch(() => undefined) }
    },
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

/** When each came round, and whose last step failed. */
const attending = (names: ReadonlyArray<string>) => {
  const [cameRoundAt, failing] = [new Map(names.map((name) => [name, Date.now()])), new Set<string>()]
  return {
    cameRound: (name: string): void => {
      cameRoundAt.set(name, Date.now())
      failing.delete(name)
    },
    failed: (name: string): void => { failing.add(name) },
    isAlive: (withinMs: number): boolean => [...cameRoundAt.values()].every((at) => Date.now() - at < withinMs),
    idleSeconds: (): ReadonlyMap<string, number> =>
      new Map([...cameRoundAt].map(([name, at]) => [name, (Date.now() - at) / MS_PER_SECOND])),
    isFailing: (name: string): boolean => failing.has(name),
  }
}

/** Runs each follower in a loop of its own: at once while there is more, else when woken or after `pollMs`. */
export const follow = (followers: ReadonlyArray<Follower>, { pollMs, onFailure }: FollowOptions): Following => {
  const { restAfterwards, wake } = restArea(pollMs)
  const { cameRound, failed, ...attendance } = attending(followers.map(({ name }) => name))
  const stop = new AbortController()
  const pause = (ms: number): Promise<unknown> => sleep(ms, undefined, { signal: stop.signal }).catch(() => undefined)
  const run = async ({ name, step, everyMs }: Follower): Promise<void> => {
    while (!stop.signal.aborted) {
      try {
        const rest = restAfterwards()
        const more = await step()
        cameRound(name)
        if (!more) await (everyMs === undefined ? rest() : pause(everyMs))
      } catch (cause) {
        failed(name)
        onFailure(name, cause)
        await pause(WAIT_AFTER_FAILURE_MS)
      }
    }
  }
  const loops = followers.map(run)
  return {
    wake, ...attendance,
    stop: async () => {
      stop.abort()
      wake()
      await Promise.all(loops)
    },
  }
}
