import { judge, type Verdict } from '../oracle/judge.ts'
import { CANARY } from '../workload/bodies.ts'
import type { Publisher } from '../workload/publisher.ts'
import { TEST_KEY, type Cluster } from './cluster.ts'
import { letHoursPass } from './hours.ts'

/** The oracle's verdict on all that was published into a cluster; waits until each of its processes is ready. */
export const judgeCluster = async (cluster: Cluster, { entries }: Pick<Publisher, 'entries'>, quietWithinMs: number): Promise<Verdict> => {
  await cluster.untilReady()
  const serve = await cluster.services.find(({ role }) => role === 'serve')?.untilReady()
  const stopTime = await letHoursPass(cluster.postgres.url)
  return judge({
    natsUrl: cluster.nats.url, databaseUrl: cluster.postgres.url, entries: entries(), exits: cluster.exits, canary: CANARY,
    logs: cluster.services.map((service) => service.log()), quietWithinMs,
    ...(serve === undefined ? {} : { api: { url: serve.httpUrl, jwtKey: TEST_KEY } }),
  }).finally(stopTime)
}
