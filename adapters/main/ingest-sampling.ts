import type { Container } from 'inversify'
import * as E from 'fp-ts/lib/Either.js'
import type { NatsConnection } from '@nats-io/nats-core'
import { wheneverAliasTold, wheneverMessageArrivedLive } from '../../application/application.ts'
import type { Ingest } from '../inbound/nats/ingest.ts'
import { failureGauges } from '../outbound/postgres/failure-gauges.ts'
import type { ServiceMetrics } from '../outbound/telemetry/metrics/service-metrics.ts'
import type { Following } from './follow.ts'
import { lagBehind } from './lag.ts'
import { sampleFollowers } from './process-sampling.ts'
import { sampling } from './sampling.ts'
import type { Stoppable } from './shutdown.ts'
import { token } from './tokens.ts'

const BACKLOG_EVERY_MS = 1_000
const LAG_EVERY_MS = 2_000
/** A look at all failures that are kept. */
const FAILURES_EVERY_MS = 15_000
const MS_PER_SECOND = 1_000

const CLASSES = ['realtime', 'history'] as const
const CROWDS = ['crowded', 'quiet'] as const
const STATES = ['consumed', 'suspended', 'unlisted'] as const

const ageOf = (since: number | undefined): number => (since === undefined ? 0 : Math.max(0, (Date.now() - since) / MS_PER_SECOND))

const sampleBacklog = (ingest: Ingest, metrics: ServiceMetrics) => (): void => {
  const { queuedItems, events, oldest, crowds, companies } = ingest.backlog()
  metrics.queued.set(queuedItems)
  for (const name of CLASSES) {
    metrics.held.set({ class: name }, events[name])
    metrics.oldestUnprocessed.set({ class: name }, ageOf(oldest[name]))
  }
  for (const crowd of CROWDS) {
    metrics.heldCompanies.set({ crowd }, crowds[crowd].companies)
    metrics.heldAge.set({ crowd }, ageOf(crowds[crowd].oldest))
  }
  for (const state of STATES) metrics.companies.set({ state }, companies[state])
}

const sampleFailures = async (container: Container): Promise<() => Promise<void>> => {
  const [orm, { failedEvents, overdue, unrelayed }] = [await container.getAsync(token.orm), container.get(token.metrics)]
  return async () => {
    const { kept, overdueSeconds, unrelayedSeconds } = await failureGauges(orm)
    overdue.set(overdueSeconds)
    unrelayed.set(unrelayedSeconds)
    failedEvents.reset()
    for (const { status, reason, count } of kept) failedEvents.set({ status, reason }, count)
  }
}

const samplePolicyLags = async (container: Container): Promise<() => Promise<void>> => {
  const [log, checkpoints] = [await container.getAsync(token.eventLog), await container.getAsync(token.checkpoints)]
  const [{ policyLag }, clock] = [container.get(token.metrics), container.get(token.clock)]
  const policies = [wheneverMessageArrivedLive(container.get(token.contactIdOf)), wheneverAliasTold].map(({ name }) => name)
  return async () => {
    for (const policy of policies) {
      const reached = await checkpoints.of(policy)()
      const lag = E.isLeft(reached) ? undefined : await lagBehind(reached.right, log, clock)
      if (lag !== undefined) policyLag.set({ policy }, lag)
    }
  }
}

const watchBroker = async (connection: NatsConnection, { brokerConnected, brokerDisconnects }: ServiceMetrics): Promise<void> => {
  brokerConnected.set(1)
  for await (const { type } of connection.status()) {
    if (type === 'disconnect') brokerDisconnects.inc()
    if (type === 'disconnect' || type === 'reconnect') brokerConnected.set(type === 'reconnect' ? 1 : 0)
  }
}

/** What ingest shows of itself beside what happens to single events. */
export const startIngestSampling = async (
  container: Container, ingest: Ingest, followers: Following,
): Promise<ReadonlyArray<Stoppable>> => {
  const metrics = container.get(token.metrics)
  void watchBroker(await container.getAsync(token.nats), metrics)
  return [sampleFollowers(container, followers), sampling(BACKLOG_EVERY_MS, sampleBacklog(ingest, metrics)),
    sampling(FAILURES_EVERY_MS, await sampleFailures(container)), sampling(LAG_EVERY_MS, await samplePolicyLags(container))]
}
