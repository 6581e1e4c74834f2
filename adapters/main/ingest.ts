import { randomUUID } from 'node:crypto'
import type { Container } from 'inversify'
import { jetstreamManager } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/nats-core'
import {
  followPolicy, isolateFaults, relayDeadLetters, retryDeadLetters, runPostScanSyncs, wheneverAliasTold, wheneverMessageArrivedLive,
} from '../../application/application.ts'
import type { HandleBatch } from '../../application/commands/handle-batch.ts'
import { retryIn } from '../../application/retry-schedule.ts'
import { brokerNowMs } from '../inbound/nats/broker-clock.ts'
import { startIngest, type Ingest } from '../inbound/nats/ingest.ts'
import { listenToLog } from '../outbound/postgres/listen.ts'
import { checkBroker } from './broker-checks.ts'
import { watchClocks } from './clock-watch.ts'
import { follow, stepped, type Follower, type Following } from './follow.ts'
import { growingPage } from './growing-page.ts'
import { startIngestSampling } from './ingest-sampling.ts'
import { measuredRetries } from './measured-retries.ts'
import { beginOnboardingsAtZero, countingOutcomes } from './policy-outcomes.ts'
import { ingestProbe } from './ingest-probe.ts'
import type { Prepare } from './container.ts'
import { replayFollower } from './replay-follower.ts'
import { startProcess, type Work } from './process.ts'
import type { Settings } from './settings.ts'
import type { Stoppable } from './shutdown.ts'
import { token } from './tokens.ts'
import { tracedRetries } from './traced-letters.ts'
import { tracedHandle } from './tracing.ts'
import { unhurried } from './unhurried.ts'

/** What one step of the relay copies; a body may be as large as the broker allows, and a flood of bad events has many of them. */
const RELAY_LIMITS = { letters: 200, bytes: 16_777_216 }
/** How soon a dead letter is copied, and one that is due is retried. */
const RELAY_EVERY_MS = 500
const RETRY_EVERY_MS = 1_000
/** Letters that one step of the retry worker applies. */
const RETRY_LIMIT = 100
/** How soon a post-scan sync that is due begins; contacts of one step, one transaction; a process that died keeps its sync for so long. */
const SYNC_EVERY_MS = 1_000
const SYNC_LIMITS = { page: 500, leaseMs: 60_000 }
/** Most facts that one step of a policy reads; its instructions are one transaction. */
const POLICY_PAGE = 1_000
/** A follower that has not come round for this long is stuck. */
const ALIVE_WITHIN_MS = 60_000
/** Leaves time to close connections within the 20 s of an orderly stop. */
const FINISH_WITHIN_MS = 15_000

const countedHandle = async (container: Container): Promise<HandleBatch> =>
  countingOutcomes(tracedHandle(container.get(token.tracing), await container.getAsync(token.handleBatch)), container.get(token.metrics))

const policyFollowers = async (container: Container): Promise<ReadonlyArray<Follower>> => {
  const [log, checkpoints, handle] = await Promise.all([container.getAsync(token.eventLog), container.getAsync(token.checkpoints),
    countedHandle(container)])
  const { policyFacts } = container.get(token.metrics)
  const policies = [wheneverMessageArrivedLive(container.get(token.contactIdOf)), wheneverAliasTold]
  return policies.map((policy): Follower => {
    const inPage = growingPage(POLICY_PAGE)
    const step = unhurried(() => inPage((page) => stepped(followPolicy(policy, { log, checkpoints, handle }, page))))
    return { name: `policy ${policy.name}`, step: async () => {
      const { facts, more } = await step()
      policyFacts.inc({ policy: policy.name }, facts)
      return more
    } }
  })
}

const RELAY = 'relay'

const relayFollower = async (container: Container): Promise<Follower> => {
  const [failedEvents, outlet] = await Promise.all([container.getAsync(token.failedEvents), container.getAsync(token.outlet)])
  const { relayed } = container.get(token.metrics)
  return { name: RELAY, everyMs: RELAY_EVERY_MS, step: async () => {
    const letters = await stepped(relayDeadLetters(failedEvents, outlet, RELAY_LIMITS))
    relayed.inc(letters)
    return letters > 0
  } }
}

const retryFollower = async (container: Container, { retrySeconds, ackWaitSeconds }: Settings): Promise<Follower> => {
  const [claimed, failedEvents, handle] = await Promise.all([container.getAsync(token.retryQueue),
    container.getAsync(token.failedEvents), container.getAsync(token.handleBatch)])
  const tracing = container.get(token.tracing)
  const [queue, reader] = tracedRetries(tracing, [measuredRetries(claimed, container.get(token.metrics)), container.get(token.eventReader)])
  const ports = { queue, failedEvents, reader, handleUnits: isolateFaults(tracedHandle(tracing, handle, 'batch')), chance: Math.random }
  return { name: 'retries', everyMs: RETRY_EVERY_MS, step: async () => {
    const { applied, failed } = await stepped(retryDeadLetters(ports, { schedule: retrySeconds, limit: RETRY_LIMIT,
      claimSeconds: ackWaitSeconds }))
    return applied + failed > 0
  } }
}

const syncFollower = async (container: Container): Promise<Follower> => {
  const [companies, syncs, handle] = await Promise.all([container.getAsync(token.companies), container.getAsync(token.syncs),
    countedHandle(container)])
  const { syncedContacts } = container.get(token.metrics)
  return { name: 'post-scan sync', everyMs: SYNC_EVERY_MS, step: async () => {
    const { contacts, more } = await stepped(runPostScanSyncs({ companies, syncs, handle }, SYNC_LIMITS))
    syncedContacts.inc(contacts)
    return more
  } }
}

const followersOf = async (container: Container, settings: Settings): Promise<ReadonlyArray<Follower>> =>
  [...await policyFollowers(container), await relayFollower(container), await retryFollower(container, settings),
    await replayFollower(container, settings), await syncFollower(container)]

const watchBrokerClock = async (connection: NatsConnection, container: Container): Promise<Stoppable> => {
  const jsm = await jetstreamManager(connection, { checkAPI: false })
  return watchClocks([{ server: 'nats', nowMs: () => brokerNowMs(jsm) }], container.get(token.metrics), container.get(token.logger))
}

/** What lets ingest be seen. */
const watching = (container: Container) =>
  ({ tracing: container.get(token.tracing), probe: ingestProbe(container.get(token.metrics), container.get(token.logger)) })

const readinessOf = (connection: NatsConnection, ingest: Ingest, followers: Following): Work['checks'] => [
  { name: 'nats', holds: async () => (await connection.rtt()) >= 0 },
  { name: 'nats_storage', holds: ingest.isStoring },
  { name: 'pulling', holds: ingest.isPulling },
  { name: 'dlq', holds: () => !followers.isFailing(RELAY) },
  { name: 'followers', holds: () => followers.isAlive(ALIVE_WITHIN_MS) },
]

const startWork = async (container: Container, settings: Settings): Promise<Work> => {
  const logger = container.get(token.logger)
  beginOnboardingsAtZero(container.get(token.metrics))
  const connection = await container.getAsync(token.nats)
  await checkBroker(connection, settings, logger)
  const ingest = await startIngest({
    connection, leases: await container.getAsync(token.leases), holder: randomUUID(),
    companies: await container.getAsync(token.companies), positions: await container.getAsync(token.positions),
    handle: await container.getAsync(token.handleBatch), failedEvents: await container.getAsync(token.failedEvents),
    clock: container.get(token.clock), contactIdOf: container.get(token.contactIdOf), companyIds: settings.companyIds,
    historyMode: settings.historyBatchMode, slots: settings.batchesInFlight, ackWaitSeconds: settings.ackWaitSeconds,
    syncDelaySeconds: settings.syncDelaySeconds, retryInSeconds: () => retryIn(settings.retrySeconds, 0, Math.random()) ?? 0,
    maxItems: settings.batchMaxItems, maxBytes: settings.batchMaxBytes, ...watching(container),
    onTrouble: (what, fields) => { logger.warn(what, fields) },
  })
  const followers = follow(await followersOf(container, settings), { pollMs: settings.pollMs,
    onFailure: (name, cause) => { logger.error('a follower failed; it will try again', { follower: name }, cause) } })
  const listener = listenToLog(settings.listenDatabaseUrl ?? settings.databaseUrl ?? '', 'daisi-ingest-listen', followers.wake)
  const watches = [await watchBrokerClock(connection, container), ...await startIngestSampling(container, ingest, followers)]
  return {
    checks: readinessOf(connection, ingest, followers),
    stop: async () => {
      await Promise.all(watches.map(({ stop }) => stop()))
      await ingest.stop(FINISH_WITHIN_MS)
      await listener.close()
      await followers.stop()
    },
  }
}

/** The write side: pull, decide, store, settle; policies; relay of dead letters (design 2). */
export const startIngestProcess = (settings: Settings, prepare?: Prepare): Promise<Stoppable> =>
  startProcess({ name: 'ingest', logins: [{ through: 'orm', role: 'daisi_writer' }, { through: 'orm', role: 'daisi_projector' }] },
    settings, (container) => startWork(container, settings), prepare)
