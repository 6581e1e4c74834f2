import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Unavailable } from '../../../application/ports/unavailable.ts'

const FIRST_WAIT_MS = 100
const LONGEST_WAIT_MS = 5_000

export interface CircuitProbe { readonly opened: (cause: Error) => void; readonly closed: () => void }

/**
 * Holds work back while a dependency is down: tries again at a growing interval until it answers; nothing is counted and
 * nothing given up (design 8). `isOpen` stops pulling and fails readiness. Resolves undefined only when `stopping` says so.
 */
export const circuit = (probe: CircuitProbe, stopping: () => boolean) => {
  let waiters = 0

  const untilAvailable = async <A>(work: TaskEither<Unavailable, A>): Promise<A | undefined> => {
    const first = await work()
    if (E.isRight(first)) return first.right
    waiters += 1
    if (waiters === 1) probe.opened(first.left.cause)
    try {
      for (let waitMs = FIRST_WAIT_MS; !stopping(); waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
        await sleep(waitMs)
        const again = await work()
        if (E.isRight(again)) return again.right
      }
      return undefined
    } finally {
      waiters -= 1
      if (waiters === 0) probe.closed()
    }
  }

  return { untilAvailable, isOpen: () => waiters > 0, isStopping: stopping }
}

export type Circuit = ReturnType<typeof circuit>
