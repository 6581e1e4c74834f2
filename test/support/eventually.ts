import { setTimeout as sleep } from 'node:timers/promises'

const LOOK_EVERY_MS = 50

/** Looks until `holds` answers something that is not undefined; fails with what it waited for. */
export const eventually = async <A>(what: string, withinMs: number, holds: () => Promise<A | undefined>): Promise<A> => {
  for (const end = Date.now() + withinMs; Date.now() < end; await sleep(LOOK_EVERY_MS)) {
    const found = await holds()
    if (found !== undefined) return found
  }
  throw new Error(`${what} did not happen in ${withinMs} ms`)
}
