import { REALTIME_STREAM } from '../../adapters/inbound/nats/streams.ts'
import { cpuSum } from './frame/cpu.ts'
import { ratio, spread, type Figure } from './frame/figures.ts'
import { inAlternation, type Variant } from './frame/rounds.ts'
import type { Bench } from './frame/run-bench.ts'
import { ingestRound, rates, roundInWords, type Round, type Shape } from './ingest-round.ts'
import { limitRound } from './limit.ts'
import { messageEvents, published, type Load } from './load.ts'
import { onFreshDatabase } from './on-fresh-database.ts'
import { withPlace, type Place } from './place.ts'
import { poisoned, poisonedRound, refused, refusedRound, type PoisonRound } from './poison.ts'
import { preparedSaves } from './prepared-saves.ts'
import { deliveredAgain, type AgainRound } from './redelivery.ts'
import { BATCHED, COMPANIES, ONE, SIXTEEN } from './shapes.ts'

/** The slow ones need no more to be measured as well. */
const FEWER = { one: 40, sixteen: 10 }

const afresh = (place: Place, load: Load, shape: Shape): Variant<Round> => () =>
  onFreshDatabase(place.servers, (databaseUrl) => ingestRound({ ...place, load, shape, databaseUrl }))

const fewer = ({ companyIds, events }: Load, times: number): Load => ({ companyIds, events: Math.ceil(events / times) })

/** By the same names everywhere: what is measured, and what it is measured against. */
const variantsOf = async (place: Place, events: number, seed: number) => {
  const options = { prefix: 'many', companies: COMPANIES, events, seed }
  const saves = await preparedSaves(REALTIME_STREAM, messageEvents(options), BATCHED.maxItems)
  const many = await published(place.connection, options)
  const single = await published(place.connection, { ...options, prefix: 'single', companies: 1 })
  const somePoisoned = await published(place.connection, { ...options, prefix: 'poisoned' }, poisoned)
  const someRefused = await published(place.connection, { ...options, prefix: 'refused' }, refused)
  const limit = limitRound(place.servers, saves)
  return {
    batched: deliveredAgain(place, many, BATCHED), one: afresh(place, fewer(many, FEWER.one), ONE),
    sixteen: afresh(place, fewer(many, FEWER.sixteen), SIXTEEN), limit: async () => ({ perSecond: await limit() }),
    poisoned: poisonedRound(place, somePoisoned, BATCHED), refused: refusedRound(place, someRefused, BATCHED),
    batchedSingle: afresh(place, single, BATCHED), oneSingle: afresh(place, fewer(single, FEWER.one), ONE),
    sixteenSingle: afresh(place, fewer(single, FEWER.sixteen), SIXTEEN),
  } satisfies Readonly<Record<string, Variant<Measured>>>
}

type Measured = Pick<Round, 'perSecond'> & Partial<Round & PoisonRound & AgainRound>
type Rounds = Readonly<Record<keyof Awaited<ReturnType<typeof variantsOf>>, ReadonlyArray<Measured>>>

const ratiosOf = (rounds: Rounds): ReadonlyArray<Figure> => {
  const against = (name: string, of: keyof Rounds, to: keyof Rounds, least?: number): Figure =>
    ratio(name, rates(rounds[of]), rates(rounds[to]), least === undefined ? undefined : { least })
  return [
    against('ratioOne', 'batched', 'one', 15), against('ratioSixteen', 'batched', 'sixteen', 8),
    against('ratioOneSingleCompany', 'batchedSingle', 'oneSingle'), against('ratioSixteenSingleCompany', 'batchedSingle', 'sixteenSingle'),
    against('ratioLimit', 'batched', 'limit', 0.5), against('ratioPoisoned', 'poisoned', 'batched', 0.6),
    against('ratioRefusedByDatabase', 'refused', 'batched'),
  ]
}

const defined = <A>(values: ReadonlyArray<A | undefined>): ReadonlyArray<A> => values.filter((value) => value !== undefined)

/** Nothing may be amiss in any round: the largest counts. */
const none = (name: string, values: ReadonlyArray<number | undefined>): Figure =>
  ({ ...spread(name, defined(values), { most: 0 }), value: Math.max(...defined(values)) })

const countsOf = ({ batched, poisoned: bad, refused: worse }: Rounds): ReadonlyArray<Figure> => [
  ratio('ratioRedelivered', defined(batched.map(({ againPerSecond }) => againPerSecond)), rates(batched), { least: 1.2 }),
  none('factsAddedByRedelivery', batched.map(({ factsAdded }) => factsAdded)),
  none('poisonRowsLost', [...bad, ...worse].map(({ lost }) => lost)),
  none('goodRowsDropped', [...bad, ...worse].map(({ dropped }) => dropped)),
]

const cpuOf = ({ batched }: Rounds): ReadonlyArray<Figure> => {
  const each = defined(batched.map(({ cpu }) => cpu))
  return [
    spread('cpuMicros', each.map(cpuSum), { most: 120 }), spread('cpuMicrosNode', each.map(({ node }) => node)),
    spread('cpuMicrosPostgresql', each.map(({ postgresql }) => postgresql)), spread('cpuMicrosNats', each.map(({ nats }) => nats)),
  ]
}

/** Events that wait, through the real pipeline to committed: against one event per transaction, and against the database's limit. */
export const pipelineBench: Bench = ({ events = 20_000, rounds = 5, seed }) => withPlace(async (place) => {
  const variants = await variantsOf(place, events, seed)
  const measured: Rounds = await inAlternation<keyof Rounds, Measured>(variants, { rounds, show: roundInWords })
  return [...ratiosOf(measured), ...countsOf(measured), ...cpuOf(measured),
    ...(Object.keys(measured) as (keyof Rounds)[]).map((name) => spread(`${name}PerSecond`, rates(measured[name])))]
})
