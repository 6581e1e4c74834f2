import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from '../outbound/telemetry/logger.ts'

const FIRST_WAIT_MS = 200
const LONGEST_WAIT_MS = 5_000

/** Tries until it holds, at a growing interval: a process that starts before its servers waits for them (bad inputs C17). */
export const untilHolds = async (what: string, holds: () => Promise<boolean>, logger: Logger): Promise<void> => {
  for (let waitMs = FIRST_WAIT_MS; !(await holds().catch(() => false)); waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
    logger.warn(`waiting for ${what}`)
    await sleep(waitMs)
  }
}
