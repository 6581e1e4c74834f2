import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/nats-core'
import * as E from 'fp-ts/lib/Either.js'
import { setTimeout as sleep } from 'node:timers/promises'
import type { AcknowledgedPositions, Companies } from '../../../application/ports/companies.ts'
import { HISTORY, type StreamRank } from '../../../domain/clock.ts'
import type { CompanyId } from '../../../domain/company.ts'
import { durableOf } from './company-durable.ts'
import { consumeCompany, type Consuming } from './consume-company.ts'
import { discovery } from './discovery.ts'
import { invalidCompanies } from './invalid-company.ts'
import { pipeline, type PipelineOptions } from './pipeline.ts'
import { ensureStreams } from './streams.ts'

export interface IngestOptions extends Omit<PipelineOptions, 'weightOf'> {
  readonly connection: NatsConnection
  readonly companies: Companies
  readonly positions: AcknowledgedPositions
  /** Only these are consumed; empty means every valid company that appears. */
  readonly companyIds: ReadonlyArray<CompanyId>
  /** Said once a start or a change: drift of streams, durables that were gone, discovery that failed. */
  readonly onTrouble: (what: string, fields?: Readonly<Record<string, string>>) => void
}

export interface Ingest {
  /** False while a dependency is down or pulling has come to a stand. */
  readonly isPulling: () => boolean
  /** Stops pulling, lets the work in hand end and settle for at most `withinMs`. */
  readonly stop: (withinMs: number) => Promise<void>
}

const LOOK_EVERY_MS = 1_000
const SAVE_EVERY_MS = 2_000
/** A loop that has not come round for this long is stuck. */
const STUCK_AFTER_MS = 30_000
/** Events held in memory in all, shared by the active companies (design 4). */
const EVENTS_BUDGET = 8_000
const LEAST_PENDING = 20
const MOST_PENDING = 2_000
/** Histories are large; a few at a time keep memory bounded (design 4). */
const HISTORY_PENDING = 8

const maxPending = (rank: StreamRank, companies: number): number =>
  (rank === HISTORY ? HISTORY_PENDING : Math.min(MOST_PENDING, Math.max(LEAST_PENDING, Math.floor(EVENTS_BUDGET / Math.max(companies, 1)))))

/** Follows the registry and the streams: consumes each company, saves how far it is settled, notices new ones while running. */
const follow = (options: IngestOptions, jsm: JetStreamManager) => {
  const { connection, companies, positions, companyIds, onTrouble } = options
  const weights = new Map<string, number>()
  const work = pipeline({ ...options, weightOf: (companyId) => weights.get(companyId) ?? 1 })
  const consuming = new Map<string, Consuming>()
  const look = discovery(jsm)
  const readInvalid = invalidCompanies(jsm, (incoming) => { work.accept(incoming, undefined) })

  const wanted = (companyId: CompanyId): boolean => companyIds.length === 0 || companyIds.includes(companyId)

  const available = async <A>(name: string, read: () => Promise<E.Either<unknown, A>>): Promise<A | undefined> => {
    const result = await read()
    if (E.isRight(result)) return result.right
    onTrouble(`${name} is not available`)
    return undefined
  }

  const begin = async (found: ReadonlyArray<{ readonly companyId: CompanyId; readonly rank: StreamRank }>): Promise<void> => {
    const ids = [...new Set(found.map(({ companyId }) => companyId))]
    const registered = await available('the registry', companies.register(ids))
    const remembered = await available('the registry', positions.of(ids))
    if (registered === undefined || remembered === undefined) throw new Error('the registry is not available')
    for (const { companyId, weight } of registered) weights.set(companyId, weight)
    const active = new Set(registered.filter(({ status }) => status === 'active').map(({ companyId }) => companyId))
    for (const { companyId, rank } of found.filter((one) => active.has(one.companyId))) {
      const durable = durableOf(companyId, rank)
      const after = remembered.find((position) => position.companyId === companyId && position.stream === durable.stream)?.sequence ?? 0
      consuming.set(durable.name, await consumeCompany({ connection, jsm, limits: { maxPending: maxPending(rank, weights.size), ackWaitSeconds: options.ackWaitSeconds },
        onIncoming: (incoming) => { work.accept(incoming, companyId) }, onTrouble: (what) => { onTrouble(what, { durable: durable.name }) } }, durable, after))
    }
  }

  const lookOnce = async (): Promise<void> => {
    const { companies: found, invalid } = await look()
    for (const { stream, subject } of invalid) await readInvalid(stream, subject)
    const fresh = found.filter(({ companyId, rank }) => wanted(companyId) && !consuming.has(durableOf(companyId, rank).name))
    if (fresh.length > 0) await begin(fresh)
  }

  const save = async (): Promise<void> => {
    const reached = [...consuming.values()].map(({ durable: { companyId, stream }, positions: settled }) => ({ companyId, stream, sequence: settled.position() }))
    if (reached.length > 0) await available('the registry', positions.save(reached))
  }

  return { work, consuming, lookOnce, save }
}

/** Starts pulling; the promise resolves when the streams exist and the first look at them is done. */
export const startIngest = async (options: IngestOptions): Promise<Ingest> => {
  const jsm = await jetstreamManager(options.connection)
  for (const drift of await ensureStreams(jsm)) options.onTrouble(drift)
  const { work, consuming, lookOnce, save } = follow(options, jsm)
  let stopping = false
  let cameRoundAt = Date.now()
  await lookOnce()

  const loop = async (everyMs: number, step: () => Promise<void>): Promise<void> => {
    while (!stopping) {
      await sleep(everyMs)
      await step().then(() => { cameRoundAt = Date.now() }, () => { options.onTrouble('the streams could not be looked at; trying again') })
      options.probe.queued(work.waiting())
    }
  }
  const loops = [loop(LOOK_EVERY_MS, lookOnce), loop(SAVE_EVERY_MS, save)]

  return {
    isPulling: () => !work.isOpen() && Date.now() - cameRoundAt < STUCK_AFTER_MS,
    stop: async (withinMs) => {
      stopping = true
      await Promise.all([...consuming.values()].map((one) => one.stop()))
      for (const end = Date.now() + withinMs; work.held() > 0 && Date.now() < end;) await sleep(20)
      work.stop()
      await Promise.race([Promise.all(loops), sleep(LOOK_EVERY_MS * 3)])
      await save().catch(() => undefined)
      await options.connection.flush().catch(() => undefined)
    },
  }
}
