import { jetstreamManager } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/nats-core'
import { unsafeStreams } from '../inbound/nats/unsafe-streams.ts'
import { serverSettings } from '../outbound/nats/server-settings.ts'
import type { Logger } from '../outbound/telemetry/logger.ts'
import { refuseIfAny } from './refusal.ts'
import type { Settings } from './settings.ts'
import { untilHolds } from './waiting.ts'

/** Several filter subjects on a consumer need it (dependency notes 5). */
const VERSION_FLOOR = [2, 10] as const

const versionProblems = ({ info }: NatsConnection): ReadonlyArray<string> => {
  const [major = 0, minor = 0] = (info?.version ?? '').split('.').map(Number)
  const isRecent = major > VERSION_FLOOR[0] || (major === VERSION_FLOOR[0] && minor >= VERSION_FLOOR[1])
  return isRecent ? [] : [`nats-server is older than ${VERSION_FLOOR.join('.')}`]
}

/** Not told to clients, only on the monitoring address; one that does not answer is no reason to stand still. */
const syncProblem = async (monitorUrl: string): Promise<string | undefined> => {
  const told = await serverSettings(monitorUrl).catch(() => undefined)
  if (told === undefined) return undefined
  return told.syncAlways ? undefined : 'nats-server has no sync_interval: always: a power cut loses what publishers were told is stored'
}

const checkSync = async ({ natsMonitorUrl, production }: Settings, logger: Logger): Promise<void> => {
  if (natsMonitorUrl === undefined) {
    if (production) logger.warn('NATS_MONITOR_URL is not set: whether nats-server has sync_interval: always cannot be seen')
    return
  }
  const problem = await syncProblem(natsMonitorUrl)
  if (problem === undefined) return
  if (production) refuseIfAny([problem])
  logger.warn(problem)
}

/** Ends the process when the broker, or a stream of it, is not fit for it: exit code 78, one line a problem (bad inputs C5–C7). */
export const checkBroker = async (connection: NatsConnection, settings: Settings, logger: Logger): Promise<void> => {
  refuseIfAny(versionProblems(connection))
  await checkSync(settings, logger)
  await untilHolds('JetStream', async () => {
    refuseIfAny(await unsafeStreams(await jetstreamManager(connection)))
    return true
  }, logger)
}
