import * as E from 'fp-ts/lib/Either.js'
import { wheneverAliasTold, wheneverMessageArrivedLive } from '../../../application/application.ts'
import { uuidContactId } from '../../outbound/contact-id.ts'
import { postgresCheckpoints } from '../../outbound/postgres/checkpoints.ts'
import { postgresEventLog } from '../../outbound/postgres/event-log.ts'
import { failureCounts } from '../../outbound/postgres/failure-counts.ts'
import { postgresReadModelStore } from '../../outbound/postgres/read-model-store.ts'
import { lagBehind, lagOfProjection, PROJECTIONS } from '../lag.ts'
import { isCircuitOpen, readinessOf } from './admin-port.ts'
import type { Check, Finding } from './check.ts'
import type { PostgresSources } from './postgres-sources.ts'
import { judgeCircuit, judgeFailures, judgeLag, judgeReadiness } from './service-findings.ts'

/** A process of the service and its admin address. */
export interface ServiceAddress { readonly name: string; readonly address: string }

const clock = { nowMs: () => Date.now() }
const POLICIES = [wheneverMessageArrivedLive(uuidContactId), wheneverAliasTold].map(({ name }) => name)

type Lags = ReadonlyMap<string, number | undefined>

const lagOfEach = async (names: ReadonlyArray<string>, lagOf: (name: string) => Promise<number | undefined>): Promise<Lags> =>
  new Map(await Promise.all(names.map(async (name) => [name, await lagOf(name)] as const)))

const projectionLags = async ({ orm, readOrm }: PostgresSources): Promise<Lags> => {
  const [log, store] = [postgresEventLog(await orm()), postgresReadModelStore(await readOrm())]
  return new Map(await Promise.all(PROJECTIONS.map(async (name) => [name, await lagOfProjection(name, log, store, clock)] as const)))
}

const policyLags = async ({ orm }: PostgresSources): Promise<Lags> => {
  const [log, checkpoints] = [postgresEventLog(await orm()), postgresCheckpoints(await orm())]
  return lagOfEach(POLICIES, async (policy) => {
    const reached = await checkpoints.of(policy)()
    return E.isLeft(reached) ? undefined : lagBehind(reached.right, log, clock)
  })
}

const failuresOf = async ({ orm }: PostgresSources): Promise<Finding> => {
  const counts = await failureCounts(await orm())
  if (counts === undefined) throw new Error('no answer')
  return judgeFailures(counts)
}

/** The processes, and what the database says of their work. */
export const serviceChecks = (sources: PostgresSources, processes: ReadonlyArray<ServiceAddress>): ReadonlyArray<Check> => [
  ...processes.map(({ name, address }): Check => ({ area: 'service', name, look: async () => judgeReadiness(await readinessOf(address)) })),
  { area: 'service', name: 'circuit', look: async () => judgeCircuit(await isCircuitOpen(processes.map(({ address }) => address))) },
  { area: 'service', name: 'projections', look: async () => judgeLag(await projectionLags(sources)) },
  { area: 'service', name: 'policies', look: async () => judgeLag(await policyLags(sources)) },
  { area: 'service', name: 'failed events', look: () => failuresOf(sources) },
]
