import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** A server whose parent was killed ends by itself (`child-server.ts`), within moments. */
const ENDS_WITHIN_MS = 5_000
const LOOK_EVERY_MS = 50

/**
 * Process that holds the data directory, and its port. After a hard kill its number may belong to any program by now: the command
 * line decides.
 */
export const holder = (data: string): { readonly pid: number; readonly port: number } | undefined => {
  try {
    const [pid, , , port] = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n').map(Number)
    const isOurs = readFileSync(`/proc/${pid ?? 0}/cmdline`, 'utf8').split('\0').includes(data)
    return isOurs && pid !== undefined && port !== undefined ? { pid, port } : undefined
  } catch {
    return undefined
  }
}

/** Returns when no server holds the data directory, without the lock of one that was killed; throws when one keeps running. */
export const awaitFreeData = async (data: string): Promise<void> => {
  for (const end = Date.now() + ENDS_WITHIN_MS; Date.now() < end; await sleep(LOOK_EVERY_MS)) {
    if (holder(data) !== undefined) continue
    if (existsSync(join(data, 'postmaster.pid'))) rmSync(join(data, 'postmaster.pid'))
    return
  }
  throw new Error(`another PostgreSQL (process ${String(holder(data)?.pid)}) uses ${data}: end it, or set DAISI_DATA_DIR or DATABASE_URL`)
}
