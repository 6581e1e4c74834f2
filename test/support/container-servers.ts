import { TEST_CONNECTIONS, type TestServers } from './test-servers.ts'

const POSTGRES = { image: 'postgres:18', port: 5432 }
const NATS = { image: 'nats:2.15.1', port: 4222, monitorPort: 8222 }

/** Both servers as containers. Without a container engine this fails: who asks for containers wants containers. */
export const startContainers = async (): Promise<TestServers> => {
  const { GenericContainer, Wait } = await import('testcontainers')
  const [postgres, nats] = await Promise.all([
    new GenericContainer(POSTGRES.image).withExposedPorts(POSTGRES.port)
      .withEnvironment({ POSTGRES_USER: 'owner', POSTGRES_DB: 'postgres', POSTGRES_HOST_AUTH_METHOD: 'trust' })
      .withCommand(['postgres', '-c', 'fsync=off', '-c', `max_connections=${TEST_CONNECTIONS}`])
      .withWaitStrategy(Wait.forLogMessage('ready to accept connections', 2)).start(),
    new GenericContainer(NATS.image).withExposedPorts(NATS.port, NATS.monitorPort).withCommand(['-js', '-m', String(NATS.monitorPort)])
      .withWaitStrategy(Wait.forLogMessage('Server is ready')).start(),
  ])
  return {
    databaseUrl: `postgres://owner@${postgres.getHost()}:${postgres.getMappedPort(POSTGRES.port)}/postgres`,
    natsUrl: `nats://${nats.getHost()}:${nats.getMappedPort(NATS.port)}`,
    natsMonitorUrl: `http://${nats.getHost()}:${nats.getMappedPort(NATS.monitorPort)}`,
    stop: async () => { await Promise.all([postgres.stop(), nats.stop()]) },
  }
}
