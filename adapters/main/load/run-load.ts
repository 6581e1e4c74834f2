import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/nats-core'
import * as E from 'fp-ts/lib/Either.js'
import type { Container } from 'inversify'
import { setTimeout as sleep } from 'node:timers/promises'
import { failuresSince } from '../../outbound/postgres/log-watch.ts'
import { runtimeRoleProblems } from '../../outbound/postgres/runtime-role.ts'
import { serverNowMs } from '../../outbound/postgres/server-facts.ts'
import { connectNatsOnce } from '../connect-nats.ts'
import { containerOf } from '../container.ts'
import { withRunningServers } from '../embedded/running-servers.ts'
import { lagOfProjection, PROJECTIONS } from '../lag.ts'
import { NoSession } from '../operator-session.ts'
import type { Settings } from '../settings.ts'
import { token } from '../tokens.ts'
import { followLog, LOOK_EVERY_MS, type LogFollowing } from './follow-log.ts'
import { latencies as watchLatencies, type Latencies, type LatencyFigures } from './latencies.ts'
import type { LoadOptions } from './load-options.ts'
import type { LoadReport } from './load-report.ts'
import { planOf, type PlannedKind } from './plan.ts'
import { problemsOf } from './problems.ts'
import { publishPlan } from './publish-plan.ts'
import { unsettledEvents } from './unsettled.ts'

const NAME = 'load'
const POOL = 3
const TELL_EVERY_MS = 250
const ASK_EVERY_MS = 300
const MS_PER_SECOND = 1_000

/** How far a load is, several times a second. */
export interface LoadProgress extends LatencyFigures {
  readonly published: number
  readonly refused: number
  readonly seconds: number
}

export interface LoadWatch {
  readonly onProgress: (progress: LoadProgress) => void
  /** Ends the publishing early; what is stored by then is waited for and reported. */
  readonly stopping: AbortSignal
}

interface Servers { readonly connection: NatsConnection; readonly jsm: JetStreamManager; readonly container: Container }

const refuseUnlessPermitted = async (container: Container, { production }: Settings): Promise<void> => {
  const orm = await container.getAsync(token.orm)
  for (const role of ['daisi_projector', 'daisi_ops'] as const) {
    const problems = await runtimeRoleProblems(orm, role, production)()
    if (E.isLeft(problems)) throw new NoSession('The database does not answer.')
    if (problems.right.length > 0) throw new NoSession(problems.right.join('\n'))
  }
}

/** The broker and the database of the settings, or those that `daisi start` runs here. */
const withServers = async <A>(given: Settings, work: (servers: Servers) => Promise<A>): Promise<A> => {
  const settings = withRunningServers(given)
  if (settings.natsUrl === undefined || settings.databaseUrl === undefined)
    throw new NoSession('There is no service to load: set NATS_URL and DATABASE_URL, or run `daisi start` beside this.')
  const container = await containerOf({ ...settings, databasePool: POOL, logLevel: 'error' }, NAME, () => undefined)
  try {
    await refuseUnlessPermitted(container, settings)
    const connection = await connectNatsOnce(settings, `daisi-${NAME}`).catch((cause: unknown) => {
      throw new NoSession(`NATS does not answer: ${cause instanceof Error ? cause.message : 'unknown'}`)
    })
    try {
      return await work({ connection, jsm: await jetstreamManager(connection, { checkAPI: false }), container })
    } finally {
      await connection.close()
    }
  } finally {
    await container.unbindAllAsync()
  }
}

/** What was published and refused so far. */
const counts = () => {
  const published: Record<PlannedKind, number> = { fresh: 0, duplicate: 0, poison: 0 }
  const byReason: Record<string, number> = {}
  const total = (record: Readonly<Record<string, number>>): number => Object.values(record).reduce((sum, n) => sum + n, 0)
  return {
    stored: (kind: PlannedKind): void => { published[kind] += 1 },
    refused: (reason: string): void => { byReason[reason] = (byReason[reason] ?? 0) + 1 },
    published: () => ({ ...published, total: total(published) }),
    refusals: () => ({ total: total(byReason), byReason }),
  }
}

/** Until all that is stored is settled and shown, at most so long; answers what is not settled. A broker that is silent is asked again. */
const untilSettled = async (count: () => Promise<number>, following: LogFollowing, waitSeconds: number): Promise<number> => {
  let left: number | undefined
  for (const end = Date.now() + waitSeconds * MS_PER_SECOND; ; await sleep(ASK_EVERY_MS)) {
    left = await count().catch(() => left)
    if (left === 0 && following.isShown()) return left
    if (Date.now() <= end) continue
    if (left === undefined) throw new NoSession('NATS does not say what is settled; what was published stays.')
    return left
  }
}

const projectionLag = async (container: Container): Promise<number> => {
  const [log, store, clock] = [await container.getAsync(token.eventLog), await container.getAsync(token.readModels),
    container.get(token.clock)]
  const lags = await Promise.all(PROJECTIONS.map((name) => lagOfProjection(name, log, store, clock)))
  return Math.max(...lags.map((lag) => lag ?? 0))
}

const publishing = async (
  { connection, jsm }: Servers, options: LoadOptions, latencies: Latencies, { onProgress, stopping }: LoadWatch,
) => {
  const [{ stored, refused, ...told }, unsettled, begun] = [counts(), unsettledEvents(jsm), performance.now()]
  const secondsSince = (): number => (performance.now() - begun) / MS_PER_SECOND
  const tell = (): void => {
    onProgress({ ...latencies.figures(), published: told.published().total, refused: told.refusals().total, seconds: secondsSince() })
  }
  const telling = setInterval(tell, TELL_EVERY_MS)
  const run = { name: `${Date.now().toString(36)}`, nowSeconds: Math.floor(Date.now() / MS_PER_SECOND) }
  await publishPlan(connection, planOf(options, run), {
    concurrency: options.concurrency, stopping,
    onStored: (planned, { stream, sequence, sentAtMs }) => {
      stored(planned.kind)
      unsettled.stored(planned)
      if (planned.kind === 'fresh') latencies.published(stream, sequence, sentAtMs)
    },
    onRefused: (_, reason) => { refused(reason) },
  })
  return { ...told, unsettled, seconds: secondsSince(), stopTelling: (): void => {
    clearInterval(telling)
    tell()
  } }
}

const load = async (servers: Servers, options: LoadOptions, watch: LoadWatch): Promise<LoadReport> => {
  const { container } = servers
  const [orm, readOrm] = [await container.getAsync(token.orm), await container.getAsync(token.readOrm)]
  const [latencies, beginning, sinceMs] = [watchLatencies(), `${options.companyPrefix}-`, await serverNowMs(orm)]
  const following = await followLog({ orm, readOrm, beginning, latencies })
  const { published, refusals, unsettled, seconds, stopTelling } = await publishing(servers, options, latencies, watch)
  const events = await untilSettled(unsettled.count, following, options.waitSeconds).finally(async () => {
    await following.stop()
    latencies.end()
    stopTelling()
  })
  const failures = await failuresSince(orm, sinceMs, beginning)
  const { committed, readable, unwatched, toCommit, toReadable } = latencies.figures()
  const { seed, companyPrefix, companies } = options
  const report: Omit<LoadReport, 'problems'> = {
    seed, companyPrefix, companies, wantedPerSecond: options.perSecond, seconds, perSecond: published().total / seconds,
    published: published(), refused: refusals(),
    committed, readable, withoutEffect: Math.max(0, published().fresh - unwatched - committed - events), publishToCommitMs: toCommit,
    publishToReadableMs: toReadable, measuredEveryMs: LOOK_EVERY_MS, unmeasured: unwatched,
    deadLetters: { total: [...failures.values()].reduce((sum, n) => sum + n, 0), byReason: Object.fromEntries(failures) },
    lagAtEnd: { events, oldestEventSeconds: events === 0 ? 0 : await unsettled.oldestSeconds(),
      projectionSeconds: await projectionLag(container) },
  }
  return { ...report, problems: problemsOf(report, options.waitSeconds) }
}

/**
 * Publishes a planned load and follows it through the log and the projections. Rejects with `NoSession` where there is no service to load
 * or its login may not look.
 */
export const runLoad = (settings: Settings, options: LoadOptions, watch: LoadWatch): Promise<LoadReport> =>
  withServers(settings, (servers) => load(servers, options, watch))
