import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { postgresPlace } from './postgres-place.ts'

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

/** Address of the embedded server that another process of ours (`daisi start`) runs over this data directory; undefined when none does. */
export const runningPostgres = async (dataDir: string): Promise<string | undefined> => {
  const { data } = await postgresPlace(dataDir)
  try {
    const lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')
    const port = Number(lines[PORT_LINE])
    return isAlive(Number(lines[0])) && port > 0 ? `postgres://owner@127.0.0.1:${port}/postgres` : undefined
  } catch {
    return undefined
  }
}
