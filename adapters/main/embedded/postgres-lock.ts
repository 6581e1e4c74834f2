import { existsSync, readdirSync, readlinkSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** A server whose parent was killed ends by itself (`child-server.ts`), within moments. */
const ENDS_WITHIN_MS = 5_000
const LOOK_EVERY_MS = 50

const workingFolderOf = (pid: string): string | undefined => {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return undefined
  }
}

/**
 * A process that works on the data directory: PostgreSQL's all run inside it. Not only the one that the lock file names: when
 * that is killed, its children write on for a moment, and without the lock file the next server would not notice them.
 */
const holder = (data: string): string | undefined => {
  const folder = realpathSync(data)
  return readdirSync('/proc').find((name) => /^\d+$/.test(name) && workingFolderOf(name) === folder)
}

/** Returns when no process works on the data directory, without the lock of one that was killed; throws when one keeps running. */
export const awaitFreeData = async (data: string): Promise<void> => {
  if (!existsSync(data)) return
  for (const end = Date.now() + ENDS_WITHIN_MS; Date.now() < end; await sleep(LOOK_EVERY_MS)) {
    if (holder(data) !== undefined) continue
    rmSync(join(data, 'postmaster.pid'), { force: true })
    return
  }
  throw new Error(`another PostgreSQL (process ${String(holder(data))}) uses ${data}: end it, or set DAISI_DATA_DIR or DATABASE_URL`)
}
