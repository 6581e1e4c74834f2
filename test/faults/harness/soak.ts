import type { Environment } from '../../support/service-process.ts'
import { judge, type Verdict } from '../oracle/judge.ts'
import { CANARY } from '../workload/bodies.ts'
import { startLoad, type Load } from '../workload/load.ts'
import { openCluster, TEST_KEY, type Cluster, type ClusterOptions } from './cluster.ts'
import { countDeliveries } from './deliveries.ts'

export interface SoakOptions {
  readonly seed: number
  readonly companies: readonly [string, ...string[]]
  /** Publishes a second. */
  readonly rate: number
  readonly env: Environment
  readonly quietWithinMs: number
  readonly cluster?: ClusterOptions
  /** Adds the processes of the service, where others are wanted than two ingests, a project and a serve. */
  readonly arrange?: (cluster: Cluster) => Promise<void>
}

export interface Soaked<A> { readonly verdict: Verdict; readonly redeliveryFactor: number; readonly result: A }

const settle = async (cluster: Cluster, load: Load, quietWithinMs: number): Promise<Verdict> => {
  await load.stop()
  await cluster.untilReady()
  const serve = await cluster.services.find(({ role }) => role === 'serve')?.untilReady()
  return judge({
    natsUrl: cluster.nats.url, databaseUrl: cluster.postgres.url, entries: load.entries(), exits: cluster.exits, canary: CANARY,
    logs: cluster.services.map((service) => service.log()), quietWithinMs,
    ...(serve === undefined ? {} : { api: { url: serve.httpUrl, jwtKey: TEST_KEY } }),
  })
}

const arrangeAll = async (cluster: Cluster, env: Environment): Promise<void> => {
  for (const [name, role] of [['ingest-1', 'ingest'], ['ingest-2', 'ingest'], ['project', 'project'], ['serve', 'serve']] as const)
    cluster.add(name, role, env)
}

/** The service under a steady load while `trouble` lasts; then the oracle's verdict. */
export const soak = async <A>(options: SoakOptions, trouble: (cluster: Cluster, load: Load) => Promise<A>): Promise<Soaked<A>> => {
  const cluster = await openCluster(options.cluster)
  try {
    await (options.arrange?.(cluster) ?? arrangeAll(cluster, options.env))
    await cluster.untilReady()
    const load = await startLoad({ ...options, natsUrl: cluster.nats.url })
    const deliveries = await countDeliveries(cluster.nats.url)
    try {
      const result = await trouble(cluster, load)
      const verdict = await settle(cluster, load, options.quietWithinMs)
      return { verdict, result, redeliveryFactor: deliveries.count() / verdict.events }
    } finally {
      await deliveries.stop()
      await load.close()
    }
  } finally {
    await cluster.stop()
  }
}
