import { setTimeout as sleep } from 'node:timers/promises'
import type { ChildServer } from './child-server.ts'

const READY_WITHIN_MS = 30_000
const LOOK_EVERY_MS = 10

/** Asks `look` until it gives a value. A server that ends, or is not ready in time (then it is ended), is an error with its log. */
export const untilReady = async <T>(name: string, child: ChildServer, look: () => Promise<T | undefined>): Promise<T> => {
  for (const end = Date.now() + READY_WITHIN_MS; Date.now() < end && !child.hasEnded(); await sleep(LOOK_EVERY_MS)) {
    const found = await look()
    if (found !== undefined) return found
  }
  await child.stop()
  throw new Error(`the embedded ${name} did not become ready: ${child.log()}`)
}
