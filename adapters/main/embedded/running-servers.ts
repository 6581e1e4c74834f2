import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Settings } from '../settings.ts'
import { readPorts } from './nats-server.ts'
import { runningPostgres } from './running-postgres.ts'

const isRunning = (pid: number, folder: string): boolean => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(folder)
  } catch {
    return false
  }
}

const PORTS_FILE = /_(\d+)\.ports$/

/** A killed server leaves its file behind: its process decides. */
const runningNats = (store: string): Pick<Settings, 'natsUrl' | 'natsMonitorUrl'> => {
  const files = existsSync(store) ? readdirSync(store) : []
  const file = files.find((name) => isRunning(Number(PORTS_FILE.exec(name)?.[1] ?? 0), store))
  if (file === undefined) return { natsUrl: undefined, natsMonitorUrl: undefined }
  const { nats, monitoring } = readPorts(join(store, file))
  return { natsUrl: nats[0], natsMonitorUrl: monitoring[0] }
}

/** The settings with the addresses of the embedded servers that another process runs here, for each URL that is not set. Starts nothing. */
export const withRunningServers = (settings: Settings): Settings => {
  const { natsUrl, databaseUrl, dataDir } = settings
  return {
    ...settings, ...(natsUrl === undefined ? runningNats(resolve(dataDir, 'nats')) : {}),
    databaseUrl: databaseUrl ?? runningPostgres(dataDir),
  }
}
