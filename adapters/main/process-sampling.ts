import type { Container } from 'inversify'
import { sampling } from './sampling.ts'
import type { Following } from './follow.ts'
import type { Stoppable } from './shutdown.ts'
import type { Login } from './start-checks.ts'
import { token } from './tokens.ts'
import { releaseOf } from './tracing.ts'

const EVERY_MS = 1_000

interface Pool { readonly totalCount: number; readonly idleCount: number; readonly waitingCount: number }

type PoolName = Login['through']

/** `read`: of `READ_DATABASE_URL`, a pool of its own also where that is not set. */
const LABELS: Readonly<Record<PoolName, string>> = { orm: 'write', readOrm: 'read' }

const samplePool = async (container: Container, name: PoolName): Promise<Stoppable> => {
  const orm = await container.getAsync(token[name])
  const native: Pool = await orm.em.getConnection().getNativeClient()
  const [{ poolConnections, poolLimit }, pool] = [container.get(token.metrics), LABELS[name]]
  poolLimit.set({ pool }, container.get(token.settings).databasePool)
  return sampling(EVERY_MS, () => {
    poolConnections.set({ pool, state: 'busy' }, native.totalCount - native.idleCount)
    poolConnections.set({ pool, state: 'idle' }, native.idleCount)
    poolConnections.set({ pool, state: 'waiting' }, native.waitingCount)
  })
}

/** Build and pools, of every process. */
export const startProcessSampling = async (container: Container, name: string, pools: ReadonlySet<PoolName>): Promise<Stoppable> => {
  container.get(token.metrics).buildInfo.set({ version: releaseOf(), process: name }, 1)
  const running = await Promise.all([...pools].map((pool) => samplePool(container, pool)))
  return { stop: async () => { await Promise.all(running.map(({ stop }) => stop())) } }
}

/** For how long each loop has not come round. */
export const sampleFollowers = (container: Container, { idleSeconds }: Following): Stoppable => {
  const { followerIdle } = container.get(token.metrics)
  return sampling(EVERY_MS, () => { for (const [follower, seconds] of idleSeconds()) followerIdle.set({ follower }, seconds) })
}
