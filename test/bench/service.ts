import { HEAP_FLAGS } from '../../adapters/main/heap-flags.ts'
import { spawnService, type Environment, type Role } from '../support/service-process.ts'
import type { BenchServers } from './bench-servers.ts'
import { closedAtEnd, endEarly } from './frame/ending.ts'

export interface BenchService {
  readonly pid: number
  readonly adminUrl: string
  readonly httpUrl: string
  /** Ends it in good order. */
  readonly stop: () => Promise<unknown>
}

interface How { readonly env?: Environment; readonly entry?: string }

/**
 * One process of the service, ready, as in production; ended also when the benchmark ends early,
 * which it does if the process dies. `entry`: another program.
 */
export const benchService = async (
  role: Role, { natsUrl }: BenchServers, databaseUrl: string, { env = {}, entry }: How = {},
): Promise<BenchService> => {
  const { pid, adminUrl, httpUrl, end, ended, untilReady } = await spawnService(role,
    { NATS_URL: natsUrl, DATABASE_URL: databaseUrl, LOG_LEVEL: 'warn', NODE_OPTIONS: HEAP_FLAGS[role].join(' '), ...env }, entry)
  let isStopping = false
  const stop = closedAtEnd(() => {
    isStopping = true
    return end('SIGTERM')
  })
  void ended.then((how) => { if (!isStopping) void endEarly(`${role} has died: ${how}`, 1) })
  await untilReady()
  return { pid, adminUrl, httpUrl, stop }
}
