import { setTimeout as sleep } from 'node:timers/promises'
import { withRunningServers } from '../embedded/running-servers.ts'
import type { Settings } from '../settings.ts'
import { AREAS, type Area, type Check, type Examined } from './check.ts'
import { natsChecks } from './nats-checks.ts'
import { natsSources } from './nats-sources.ts'
import { postgresChecks } from './postgres-checks.ts'
import { postgresSources } from './postgres-sources.ts'
import { runChecks } from './run-checks.ts'
import { serviceChecks, type ServiceAddress } from './service-checks.ts'

/** What to look at. */
export interface Scope {
  /** Empty means everything. */
  readonly areas: ReadonlyArray<Area>
  /** Admin addresses of the processes; empty means those of `npm start`. */
  readonly admin: ReadonlyArray<string>
}

const ROLES = ['ingest', 'project', 'serve'] as const
/** A server that is frozen does not say goodbye. */
const CLOSED_WITHIN_MS = 1_000

const processesOf = ({ host, adminPort }: Settings, admin: ReadonlyArray<string>): ReadonlyArray<ServiceAddress> => (admin.length > 0
  ? admin.map((address) => ({ name: address, address }))
  : ROLES.map((name, i) => ({ name, address: `http://${host}:${adminPort + i}` })))

/** Reads and judges; starts nothing and changes nothing. Never rejects for what it looks at. */
export const examine = async (given: Settings, { areas, admin }: Scope): Promise<ReadonlyArray<Examined>> => {
  const settings = withRunningServers(given)
  const closers: (() => Promise<unknown>)[] = []
  const opened = (close: () => Promise<unknown>): void => { closers.push(close) }
  const postgres = postgresSources(settings, opened)
  const nats = natsSources(settings, postgres.suspended, opened)
  const checks: Readonly<Record<Area, () => ReadonlyArray<Check>>> = {
    nats: () => natsChecks(nats, settings), postgresql: () => postgresChecks(postgres, settings),
    service: () => serviceChecks(postgres, processesOf(settings, admin)),
  }
  const results = await runChecks(AREAS.filter((area) => areas.length === 0 || areas.includes(area)).flatMap((area) => checks[area]()))
  await Promise.race([Promise.allSettled(closers.map((close) => close())), sleep(CLOSED_WITHIN_MS)])
  return results
}
