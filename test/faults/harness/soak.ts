import type { Environment } from '../../support/service-process.ts'
import type { Verdict } from '../oracle/judge.ts'
import { startLoad, type Load } from '../workload/load.ts'
import { openCluster, type Cluster, type ClusterOptions } from './cluster.ts'
import { countDeliveries } from './deliveries.ts'
import { judgeCluster } from './judge-cluster.ts'

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
      await load.stop()
      const verdict = await judgeCluster(cluster, load, options.quietWithinMs)
      return { verdict, result, redeliveryFactor: deliveries.count() / verdict.events }
    } finally {
      await deliveries.stop()
      await load.close()
    }
  } finally {
    await cluster.stop()
  }
}
