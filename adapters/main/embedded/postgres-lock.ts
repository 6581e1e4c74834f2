import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** A server whose parent was killed ends by itself (`child-server.ts`), within moments. */
const ENDS_WITHIN_MS = 5_000
const LOOK_EVERY_MS = 50

/** Process that holds the data directory. After a hard kill its number may belong to any program by now: the command line decides. */
const holder = (data: string): number | undefined => {
  try {
    const pid = Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0])
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(data) ? pid : undefined
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
  throw new Error(`another PostgreSQL (process ${String(holder(data))}) uses ${data}: end it, or set DAISI_DATA_DIR or DATABASE_URL`)
}
