import type { JetStreamManager } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/nats-core'
import type { Acknowledged, AcknowledgedPositions, Companies } from '../../../application/ports/companies.ts'
import type { CompanyId } from '../../../domain/company.ts'
import { atMost } from './at-most.ts'
import { companyRegistry, orThrow } from './company-registry.ts'
import { durableOf, type CompanyDurable } from './company-durable.ts'
import { consumeCompany, type ConsumeOptions, type Consuming } from './consume-company.ts'
import type { Discovered } from './discovery.ts'
import type { Incoming } from './incoming.ts'
import { maxPending } from './memory-budget.ts'

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

/** Durables opened, and positions asked for, at a time. */
const AT_A_TIME = 16
/** Positions read in one round; too low a position is harmless. */
const MOST_POSITIONS = 200

const turns = atMost(AT_A_TIME)

const afterOf = ({ companyId, stream }: CompanyDurable, remembered: ReadonlyArray<Acknowledged>): number =>
  remembered.find((position) => position.companyId === companyId && position.stream === stream)?.sequence ?? 0

/** Saves how far the durables are settled: some of them each time, all of them by turns. */
const savingPositions = (positions: AcknowledgedPositions, consuming: ReadonlyMap<string, Consuming>) => {
  let asked = 0
  return async (): Promise<void> => {
    const all = [...consuming.values()]
    const from = all.length <= MOST_POSITIONS ? 0 : asked % all.length
    const some = [...all.slice(from), ...all.slice(0, from)].slice(0, MOST_POSITIONS)
    asked += some.length
    const floors = await Promise.all(some.map((one) => turns(() => one.floor().catch(() => undefined))))
    const reached = floors.filter((floor) => floor !== undefined)
    if (reached.length > 0) await orThrow(positions.save(reached))
  }
}

const quietSince = (consuming: ReadonlyMap<string, Consuming>): number | undefined =>
  (consuming.size === 0 ? undefined : Math.min(...[...consuming.values()].map((one) => one.aliveAt())))

type Accept = (incoming: Incoming, companyId: CompanyId) => void

const consumptionOf = ({ connection, ackWaitSeconds, onTrouble }: FollowOptions, jsm: JetStreamManager, accept: Accept) =>
  ({ companyId, rank, name }: CompanyDurable, companies: () => number): ConsumeOptions => ({
    connection, jsm, turns, limits: () => ({ maxPending: maxPending(rank, companies()), ackWaitSeconds }),
    onIncoming: (incoming) => { accept(incoming, companyId) }, onTrouble: (what) => { onTrouble(what, { durable: name }) },
  })

/** Consumes the companies that publish, as the registry says, and remembers how far each is settled. */
export const followCompanies = (options: FollowOptions, jsm: JetStreamManager, accept: Accept) => {
  const { positions, companyIds } = options
  const registry = companyRegistry(options.companies)
  const consuming = new Map<string, Consuming>()
  const consumption = consumptionOf(options, jsm, accept)
  const isWanted = (companyId: CompanyId): boolean => companyIds.length === 0 || companyIds.includes(companyId)

  return {
    /** Consumes those of the discovered that are wanted and not consumed yet. Rejects while PostgreSQL is away. */
    follow: async (found: Discovered['companies']): Promise<void> => {
      const wanted = found.filter(({ companyId }) => isWanted(companyId))
      await registry.meet(wanted.map(({ companyId }) => companyId))
      const fresh = wanted.filter(({ companyId }) => registry.isActive(companyId)).map(({ companyId, rank }) => durableOf(companyId, rank))
        .filter(({ name }) => !consuming.has(name))
      const remembered = fresh.length === 0 ? [] : await orThrow(positions.of(fresh.map(({ companyId }) => companyId)))
      for (const durable of fresh)
        consuming.set(durable.name, consumeCompany(consumption(durable, registry.size), durable, afterOf(durable, remembered)))
    },
    /** Reads the registry again; a suspended company is not pulled any more. */
    refresh: async (): Promise<void> => {
      await registry.refresh()
      for (const [name, one] of consuming) {
        if (registry.isActive(one.durable.companyId)) continue
        consuming.delete(name)
        await one.stop()
      }
    },
    save: savingPositions(positions, consuming),
    weightOf: registry.weightOf,
    /** When the durable that has been silent longest was last heard of; ms since 1970, undefined without durables. */
    quietSince: (): number | undefined => quietSince(consuming),
    stop: async (): Promise<void> => { await Promise.all([...consuming.values()].map((one) => one.stop())) },
  }
}
