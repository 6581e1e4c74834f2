import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { postgresHome } from './postgres-place.ts'
import { serviceUser } from './service-user.ts'

/** Lines of PostgreSQL's lock file: process number, data directory, start time, port, … */
const PORT_LINE = 3

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/**
 * Address of the embedded server that another process of ours (`daisi start`) runs over this data directory; undefined when none does.
 * Only looks.
 */
export const runningPostgres = (dataDir: string): string | undefined => {
  if (!existsSync(dataDir)) return undefined
  try {
    const lines = readFileSync(join(postgresHome(dataDir, serviceUser()).home, 'data', 'postmaster.pid'), 'utf8').split('\n')
    const port = Number(lines[PORT_LINE])
    return isAlive(Number(lines[0])) && port > 0 ? `postgres://owner@127.0.0.1:${port}/postgres` : undefined
  } catch {
    return undefined
  }
}
