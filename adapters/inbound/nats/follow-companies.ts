import type { JetStreamManager } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/nats-core'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Acknowledged, AcknowledgedPositions, Companies, Company } from '../../../application/ports/companies.ts'
import type { Unavailable } from '../../../application/ports/unavailable.ts'
import { HISTORY, type StreamRank } from '../../../domain/clock.ts'
import type { CompanyId } from '../../../domain/company.ts'
import { atMost } from './at-most.ts'
import { durableOf } from './company-durable.ts'
import { consumeCompany, type Consuming } from './consume-company.ts'
import type { Discovered } from './discovery.ts'
import type { Incoming } from './incoming.ts'

export interface FollowOptions {
  readonly connection: NatsConnection
  readonly companies: Companies
  readonly positions: AcknowledgedPositions
  /** Only these are consumed; empty means every valid company that appears. */
  readonly companyIds: ReadonlyArray<CompanyId>
  readonly ackWaitSeconds: number
  /** Said once a start or a change: drift of streams, durables that were gone, looks that failed. */
  readonly onTrouble: (what: string, fields?: Readonly<Record<string, string>>) => void
}

/** Messages held in memory in all, shared by the active companies (design 4). */
const REALTIME_BUDGET = 20_000
const LEAST_PENDING = 20
const MOST_PENDING = 2_000
/** Histories are large: up to 1 MiB each. */
const HISTORY_BUDGET = 128
const MOST_HISTORIES = 8
/** Durables opened, and positions asked for, at a time. */
const AT_A_TIME = 16
/** Positions read in one round; too low a position is harmless. */
const MOST_POSITIONS = 200

const maxPending = (rank: StreamRank, companies: number): number => (rank === HISTORY
  ? Math.min(MOST_HISTORIES, Math.max(1, Math.floor(HISTORY_BUDGET / Math.max(companies, 1))))
  : Math.min(MOST_PENDING, Math.max(LEAST_PENDING, Math.floor(REALTIME_BUDGET / Math.max(companies, 1)))))

const orThrow = async <A>(work: TaskEither<Unavailable, A>): Promise<A> => {
  const result = await work()
  if (E.isLeft(result)) throw result.left.cause
  return result.right
}

/** Consumes the companies that publish, as the registry says, and remembers how far each is settled. */
export const followCompanies = (options: FollowOptions, jsm: JetStreamManager, onIncoming: (incoming: Incoming, companyId: CompanyId) => void) => {
  const { connection, companies, positions, companyIds, onTrouble } = options
  const registered = new Map<CompanyId, Company>()
  const consuming = new Map<string, Consuming>()
  const turns = atMost(AT_A_TIME)

  const isWanted = (companyId: CompanyId): boolean => companyIds.length === 0 || companyIds.includes(companyId)
  const learn = (known: ReadonlyArray<Company>): void => { for (const company of known) registered.set(company.companyId, company) }

  const begin = (companyId: CompanyId, rank: StreamRank, remembered: ReadonlyArray<Acknowledged>): void => {
    const durable = durableOf(companyId, rank)
    const after = remembered.find((position) => position.companyId === companyId && position.stream === durable.stream)?.sequence ?? 0
    consuming.set(durable.name, consumeCompany({ connection, jsm, turns,
      limits: () => ({ maxPending: maxPending(rank, registered.size), ackWaitSeconds: options.ackWaitSeconds }),
      onIncoming: (incoming) => { onIncoming(incoming, companyId) }, onTrouble: (what) => { onTrouble(what, { durable: durable.name }) } }, durable, after))
  }

  /** Registers and consumes those of the discovered that are wanted and not consumed yet. Rejects while PostgreSQL is away. */
  const follow = async (found: Discovered['companies']): Promise<void> => {
    const wanted = found.filter(({ companyId }) => isWanted(companyId))
    const unknown = [...new Set(wanted.map(({ companyId }) => companyId).filter((companyId) => !registered.has(companyId)))]
    if (unknown.length > 0) learn(await orThrow(companies.register(unknown)))
    const fresh = wanted.filter(({ companyId, rank }) =>
      registered.get(companyId)?.status === 'active' && !consuming.has(durableOf(companyId, rank).name))
    if (fresh.length === 0) return
    const remembered = await orThrow(positions.of(fresh.map(({ companyId }) => companyId)))
    for (const { companyId, rank } of fresh) begin(companyId, rank, remembered)
  }

  /** Reads the registry again: weights change, a suspended company is not pulled any more. */
  const refresh = async (): Promise<void> => {
    learn(await orThrow(companies.all()))
    for (const [name, one] of consuming) {
      if (registered.get(one.durable.companyId)?.status !== 'suspended') continue
      consuming.delete(name)
      await one.stop()
    }
  }

  let asked = 0
  /** Some of the companies each time, all of them by turns. */
  const save = async (): Promise<void> => {
    const all = [...consuming.values()]
    const some = all.length <= MOST_POSITIONS ? all : [...all, ...all].slice(asked % all.length, asked % all.length + MOST_POSITIONS)
    asked += some.length
    const floors = await Promise.all(some.map((one) => turns(() => one.floor().catch(() => undefined))))
    const reached = floors.filter((floor) => floor !== undefined)
    if (reached.length > 0) await orThrow(positions.save(reached))
  }

  return {
    follow, refresh, save,
    weightOf: (companyId: string): number => registered.get(companyId as CompanyId)?.weight ?? 1,
    /** When the durable that has been silent longest was last heard of; ms since 1970, undefined without durables. */
    quietSince: (): number | undefined => (consuming.size === 0 ? undefined : Math.min(...[...consuming.values()].map((one) => one.aliveAt()))),
    stop: async (): Promise<void> => { await Promise.all([...consuming.values()].map((one) => one.stop())) },
  }
}
