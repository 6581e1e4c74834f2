import type { ConsumerInfo, JetStreamManager } from '@nats-io/jetstream'
import type { Acknowledged, AcknowledgedPositions } from '../../../application/ports/companies.ts'
import type { NobodysEvents, Stretch } from '../../../application/ports/nobodys-events.ts'
import type { StreamRank } from '../../../domain/clock.ts'
import { durableOf, unreadBy, type CompanyDurable } from './company-durable.ts'
import { orThrow } from './company-registry.ts'
import { CONSUMED_STREAMS, tellSubjects } from './discovery.ts'
import { surveyDurables } from './survey.ts'

/** What can go of a stream. */
export interface Trim {
  readonly stream: string
  /** Everything up to it is settled; 0 where nothing is. */
  readonly upTo: number
  /** Messages that go, at most: some between may be gone already. */
  readonly messages: number
  /** Who or what keeps the rest, in words for the operator; none where all that was there can go. */
  readonly keptBy: string | undefined
}

/** How far one company allows, or a subject that nobody settles; `upTo` 0 blocks. */
interface Bound { readonly upTo: number; readonly who: string }

const unread = (stream: string) => (subject: string): Bound =>
  ({ upTo: 0, who: `messages of ${subject}, which no durable reads; look at them, then nats stream purge ${stream} --subject='${subject}'` })

interface Seen {
  readonly durable: CompanyDurable
  readonly info: ConsumerInfo | undefined
  /** What PostgreSQL remembers. */
  readonly position: number | undefined
}

/**
 * The lower of what the broker and PostgreSQL say is settled; undefined where all of the company's messages are. Either alone
 * may be wrong: the broker's goes back when it crashes, and PostgreSQL's may speak of a stream that was made anew since.
 */
const boundOf = ({ durable, info, position }: Seen): Bound | undefined => {
  const { companyId, stream } = durable
  if (info === undefined) return { upTo: 0, who: `company ${companyId}, which has no durable: is ingest running, is it suspended?` }
  if (position === undefined) return { upTo: 0, who: `company ${companyId}, which has no acknowledged position yet` }
  const [missed] = unreadBy(info, durable)
  if (missed !== undefined) return unread(stream)(missed)
  const { ack_floor: { stream_seq: floor }, num_pending: pending, num_ack_pending: unacknowledged } = info
  if (pending === 0 && unacknowledged === 0 && position >= floor) return undefined
  return { upTo: Math.min(floor, position), who: `company ${companyId}, which is settled up to there` }
}

const positionOf = (remembered: ReadonlyArray<Acknowledged>, { companyId, place }: CompanyDurable): number | undefined =>
  remembered.find((position) => position.companyId === companyId && position.stream === place)?.sequence

/** What PostgreSQL remembers of what was settled. */
export interface Settled { readonly positions: AcknowledgedPositions; readonly nobodys: NobodysEvents }

/** Messages that name no valid company are settled when each is kept. */
const boundOfNobodys = async (nobodys: NobodysEvents, stretch: Stretch, messages: number): Promise<Bound | undefined> => {
  if ((await orThrow(nobodys.kept(stretch))) >= messages) return undefined
  return { upTo: 0, who: `messages of ${stretch.subject}, which names no valid company; not all are kept yet: is ingest running?` }
}

const lowest = (bounds: ReadonlyArray<Bound>): Bound | undefined =>
  bounds.reduce<Bound | undefined>((least, bound) => (least === undefined || bound.upTo < least.upTo ? bound : least), undefined)

/** What bounds the stream, company by company and subject by subject. */
const boundsOf = async (jsm: JetStreamManager, { positions, nobodys }: Settled, stream: string, rank: StreamRank) => {
  const { created, state: { first_seq: from, last_seq: upTo } } = await jsm.streams.info(stream)
  const messages = (await jsm.streams.info(stream, { subjects_filter: '>' })).state.subjects ?? {}
  const { companies, invalid, unknown } = tellSubjects(rank, Object.keys(messages))
  const durables = await surveyDurables(jsm, companies.map(({ companyId, version }) => durableOf(companyId, rank, version)))
  const remembered = companies.length === 0 ? [] : await orThrow(positions.of(companies.map(({ companyId }) => companyId)))
  const bounds = durables.map(({ durable, info }) => boundOf({ durable, info, position: positionOf(remembered, durable) }))
  for (const subject of invalid)
    bounds.push(await boundOfNobodys(nobodys, { stream, createdAtMs: Date.parse(created), subject, from, upTo }, messages[subject] ?? 0))
  return { from, upTo, bounds: [...bounds.filter((bound) => bound !== undefined), ...unknown.map(unread(stream))] }
}

/** The end is read before the subjects and the durables: what comes meanwhile lies behind it. */
const planOne = async (jsm: JetStreamManager, settled: Settled, stream: string, rank: StreamRank): Promise<Trim> => {
  const { from, upTo: end, bounds } = await boundsOf(jsm, settled, stream, rank)
  const least = lowest(bounds)
  const upTo = Math.min(least?.upTo ?? end, end)
  return { stream, upTo, messages: upTo === 0 ? 0 : Math.max(0, upTo - from + 1), keptBy: least?.who }
}

/** What can go of each stream of events: everything below the lowest position of all companies (design 4). Changes nothing. */
export const planTrim = async (jsm: JetStreamManager, settled: Settled): Promise<ReadonlyArray<Trim>> => {
  const plans: Trim[] = []
  for (const [stream, rank] of CONSUMED_STREAMS) plans.push(await planOne(jsm, settled, stream, rank))
  return plans
}

/** Purges what `planTrim` found; answers how many messages went. */
export const trim = async (jsm: JetStreamManager, { stream, upTo }: Trim): Promise<number> =>
  (upTo === 0 ? 0 : (await jsm.streams.purge(stream, { seq: upTo + 1 })).purged)
