import type { JetStreamManager } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/nats-core'
import type { Acknowledged, AcknowledgedPositions } from '../../../application/ports/companies.ts'
import type { CompanyId } from '../../../domain/company.ts'
import { atMost } from './at-most.ts'
import { classOf, older, type EventClass, type Held } from './backlog.ts'
import { orThrow, type CompanyRegistry } from './company-registry.ts'
import { durableOf, placesOf, type CompanyDurable } from './company-durable.ts'
import { consumeCompany, type ConsumeOptions, type Consuming } from './consume-company.ts'
import type { Discovered } from './discovery.ts'
import type { Incoming } from './incoming.ts'
import type { IngestProbe } from './ingest-probe.ts'
import { maxPending } from './memory-budget.ts'
import type { OwnedCompanies } from './owned-companies.ts'

export interface FollowOptions {
  readonly connection: NatsConnection
  readonly registry: CompanyRegistry
  readonly owned: OwnedCompanies
  /** Only these are consumed; empty means all. */
  readonly companyIds: ReadonlyArray<CompanyId>
  readonly positions: AcknowledgedPositions
  readonly ackWaitSeconds: number
  /** Said once a start or a change: drift of streams, durables that were gone, looks that failed. */
  readonly onTrouble: (what: string, fields?: Readonly<Record<string, string>>) => void
  readonly probe: IngestProbe
  /** Events that wait at the broker for this long, with nothing to keep them, mean that a pull is stuck; 20 s if left out. */
  readonly stuckAfterMs?: number
}

/** Where deliveries go, and whether that stands still because a dependency is down. */
export interface Intake {
  readonly accept: (incoming: Incoming, companyId: CompanyId) => void
  readonly isOpen: () => boolean
}

/** Durables opened, and positions asked for, at a time. */
const AT_A_TIME = 16
/** Durables asked about in one round; too low a position is harmless. */
const MOST_AT_ONCE = 200
const STUCK_AFTER_MS = 20_000

const turns = atMost(AT_A_TIME)

const durableOfFound = ({ companyId, rank, version }: Discovered['companies'][number]): CompanyDurable =>
  durableOf(companyId, rank, version)

/** Where each durable begins: behind what PostgreSQL remembers. */
const beginnings = (remembered: ReadonlyArray<Acknowledged>): ((durable: CompanyDurable) => number) => {
  const sequences = new Map(remembered.map(({ companyId, stream, sequence }) => [`${companyId} ${stream}`, sequence]))
  return ({ companyId, place }) => sequences.get(`${companyId} ${place}`) ?? 0
}

/** Some of the durables each time, all of them by turns. */
const byTurns = (consuming: ReadonlyMap<string, Consuming>): (() => ReadonlyArray<Consuming>) => {
  let asked = 0
  return () => {
    const all = [...consuming.values()]
    const from = all.length <= MOST_AT_ONCE ? 0 : asked % all.length
    const some = [...all.slice(from), ...all.slice(0, from)].slice(0, MOST_AT_ONCE)
    asked += some.length
    return some
  }
}

/** What is done with the durables again and again. */
const rounds = (positions: AcknowledgedPositions, consuming: ReadonlyMap<string, Consuming>) => {
  const [nextToSave, nextToMend] = [byTurns(consuming), byTurns(consuming)]
  const ofEach = <A>(some: ReadonlyArray<Consuming>, ask: (one: Consuming) => Promise<A>): Promise<ReadonlyArray<A | undefined>> =>
    Promise.all(some.map((one) => turns(() => ask(one).catch(() => undefined))))
  return {
    /** Saves how far they are settled; what could not be saved comes again, though nothing else may happen to that company. */
    save: async (): Promise<void> => {
      const some = nextToSave()
      const asked = await ofEach(some, (one) => one.floor().catch(() => { one.isUnsaved() }))
      const reached = asked.filter((floor) => floor !== undefined)
      if (reached.length > 0) await orThrow(positions.save(reached)).catch((cause: unknown) => {
        for (const one of some) one.isUnsaved()
        throw cause
      })
    },
    /** Makes pulls anew that are stuck; while the broker is away nothing can be told. */
    mend: async (): Promise<void> => { await ofEach(nextToMend(), (one) => one.mend()) },
  }
}

/**
 * A stream that was made anew counts from 1 again: positions of the old one would skip its first events. Ages are compared,
 * so that it does not matter how far the clocks of the broker and of PostgreSQL are apart.
 */
const forgettingOldStreams = (positions: AcknowledgedPositions) => {
  const met = new Map<string, number>()
  return async (streams: Discovered['streams']): Promise<void> => {
    for (const { stream, createdAtMs, ageMs } of streams) {
      if (met.get(stream) === createdAtMs) continue
      for (const place of placesOf(stream)) await orThrow(positions.forget(place, ageMs))
      met.set(stream, createdAtMs)
    }
  }
}

const oldestOf = (consuming: ReadonlyMap<string, Consuming>): Held['oldest'] => {
  const oldest: Record<EventClass, number | undefined> = { realtime: undefined, history: undefined }
  for (const { durable: { rank }, oldest: oldestHere } of consuming.values())
    oldest[classOf(rank)] = older(oldest[classOf(rank)], oldestHere())
  return oldest
}

const quietSince = (consuming: ReadonlyMap<string, Consuming>): number | undefined =>
  (consuming.size === 0 ? undefined : Math.min(...[...consuming.values()].map((one) => one.aliveAt())))

const consumptionOf = (options: FollowOptions, jsm: JetStreamManager, { accept, isOpen }: Intake) =>
  ({ companyId, rank, name }: CompanyDurable, companies: () => number): ConsumeOptions => {
    const { connection, ackWaitSeconds, onTrouble, probe, stuckAfterMs = STUCK_AFTER_MS } = options
    return {
      connection, jsm, turns, limits: () => ({ maxPending: maxPending(rank, companies()), ackWaitSeconds }),
      onIncoming: (incoming) => { accept(incoming, companyId) }, onTrouble: (what) => { onTrouble(what, { durable: name }) },
      stuckAfterMs, isHeldBack: isOpen, onMended: () => { probe.mended('pull') },
    }
  }

const stopUnless = async (isConsumed: (companyId: CompanyId) => boolean, consuming: Map<string, Consuming>): Promise<void> => {
  const others = [...consuming].filter(([, { durable: { companyId } }]) => !isConsumed(companyId))
  for (const [name] of others) consuming.delete(name)
  await Promise.all(others.map(([, one]) => one.stop()))
}

/**
 * After a broken connection the client asks about each consumer before it pulls again, and where that is not answered, for the connection
 * breaks once more, it waits for half a minute; meanwhile the broker has forgotten its last pull. Ends with the connection.
 */
const pullAnewAfterBreaks = async (connection: NatsConnection, consuming: ReadonlyMap<string, Consuming>): Promise<void> => {
  for await (const { type } of connection.status()) if (type === 'reconnect') for (const one of consuming.values()) one.pullAnew()
}

/** Consumes the companies that publish, as the registry says, and remembers how far each is settled. */
export const followCompanies = (options: FollowOptions, jsm: JetStreamManager, intake: Intake) => {
  const { connection, positions, registry, owned } = options
  const consuming = new Map<string, Consuming>()
  const [consumption, forget] = [consumptionOf(options, jsm, intake), forgettingOldStreams(positions)]
  void pullAnewAfterBreaks(connection, consuming)
  const isConsumed = (companyId: CompanyId): boolean => owned.isMine(companyId) && registry.isActive(companyId)

  const isListed = (companyId: CompanyId): boolean => options.companyIds.length === 0 || options.companyIds.includes(companyId)
  let publishing: ReadonlySet<CompanyId> = new Set()

  return {
    /** Consumes those of the discovered that are this process's and not consumed yet. Rejects while PostgreSQL is away. */
    follow: async ({ companies, streams }: Discovered): Promise<void> => {
      publishing = new Set(companies.map(({ companyId }) => companyId))
      await forget(streams)
      const mine = companies.filter(({ companyId }) => owned.isMine(companyId))
      await registry.meet(mine.map(({ companyId }) => companyId))
      const fresh = mine.filter((one) => registry.isActive(one.companyId)).map(durableOfFound).filter(({ name }) => !consuming.has(name))
      if (fresh.length === 0) return
      const afterOf = beginnings(await orThrow(positions.of(fresh.map(({ companyId }) => companyId))))
      for (const durable of fresh)
        consuming.set(durable.name, consumeCompany(consumption(durable, registry.size), durable, afterOf(durable)))
    },
    /** Ends the pulling of companies that are suspended now, or another process's. */
    letGo: (): Promise<void> => stopUnless(isConsumed, consuming),
    ...rounds(positions, consuming),
    /** Of the companies that publish: consumed here, suspended and else ours, not wanted by anybody. */
    counts: () => ({ consumed: new Set([...consuming.values()].map(({ durable }) => durable.companyId)).size,
      suspended: [...publishing].filter((companyId) => owned.isMine(companyId) && registry.isSuspended(companyId)).length,
      unlisted: [...publishing].filter((companyId) => !isListed(companyId)).length }),
    /** Publish time of the oldest event that is not settled, ms since 1970, by class. */
    oldest: () => oldestOf(consuming),
    /** When the durable that has been silent longest was last heard of; ms since 1970, undefined without durables. */
    quietSince: (): number | undefined => quietSince(consuming),
    stop: async (): Promise<void> => { await Promise.all([...consuming.values()].map((one) => one.stop())) },
  }
}

export type Following = ReturnType<typeof followCompanies>
