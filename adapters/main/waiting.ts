import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from '../outbound/telemetry/logger.ts'

const FIRST_WAIT_MS = 200
const LONGEST_WAIT_MS = 5_000

/** SQLSTATE or errno, which tells a wrong password from a server that is not there; a message may quote what it was given. */
const codeOf = (cause: unknown): string => {
  const code: unknown = cause instanceof Error ? Reflect.get(cause, 'code') : undefined
  return typeof code === 'string' ? code : 'unknown'
}

/** Tries until it holds, at a growing interval: a process that starts before its servers waits for them (bad inputs C17). */
export const untilHolds = async (what: string, holds: () => Promise<boolean>, logger: Logger): Promise<void> => {
  let code: string | undefined
  const tried = async (): Promise<boolean> => {
    try {
      code = undefined
      return await holds()
    } catch (cause) {
      code = codeOf(cause)
      return false
    }
  }
  for (let waitMs = FIRST_WAIT_MS; !(await tried()); waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
    logger.warn(`waiting for ${what}`, { code })
    await sleep(waitMs)
  }
}
