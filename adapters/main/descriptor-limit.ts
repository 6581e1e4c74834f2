import { readFileSync } from 'node:fs'
import type { Logger } from '../outbound/telemetry/logger.ts'

/** Room for pools, the broker, what Node itself holds, and a few hundred clients. */
const ENOUGH = 512

/** What Linux tells; elsewhere, and where it is unlimited, infinite. */
const descriptorLimit = (): number => {
  try {
    return Number(/^Max open files +(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1] ?? Infinity)
  } catch {
    return Infinity
  }
}

/** A process that runs out of descriptors fails in places that say nothing of them; so it says so before (bad inputs C18). */
export const warnOfFewDescriptors = (logger: Logger): void => {
  const limit = descriptorLimit()
  if (limit < ENOUGH) logger.warn(`few files and sockets may be open: raise ulimit -n to ${ENOUGH} or more`, { limit })
}
