import { HISTORY_STREAM } from '../../adapters/inbound/nats/streams.ts'
import { ratio, spread } from './frame/figures.ts'
import { inAlternation } from './frame/rounds.ts'
import type { Bench } from './frame/run-bench.ts'
import { ingestRound, type Shape } from './ingest-round.ts'
import { limitRound } from './limit.ts'
import { HISTORY_ITEMS, historyEvents, publishedHistories, type Load } from './load.ts'
import { perEventHistory } from './per-event-history.ts'
import { onFreshDatabase } from './on-fresh-database.ts'
import { withPlace, type Place } from './place.ts'
import { preparedSaves } from './prepared-saves.ts'
import { BATCHED, COMPANIES } from './shapes.ts'

const MANY_IN_FLIGHT = 4

const messagesPerSecond = async (place: Place, load: Load, shape: Shape): Promise<number> => {
  const round = await onFreshDatabase(place.servers, (databaseUrl) => ingestRound({ ...place, load, shape, databaseUrl }))
  return round.perSecond * HISTORY_ITEMS
}

const perEvent = (place: Place, load: Load, inFlight: number): Promise<number> =>
  onFreshDatabase(place.servers, (databaseUrl) => perEventHistory(place, databaseUrl, load, inFlight))

/**
 * Histories of a hundred messages that wait, in messages a second: through the real ingest, against the database's limit, and against
 * one bulk statement and transaction for each history: one at a time, as many as ingest has batches in flight, which is what the bar
 * is set against, and four.
 */
export const historyBench: Bench = ({ history = 40_000, rounds = 5, seed }) => withPlace(async (place) => {
  const options = { prefix: 'import', companies: COMPANIES, events: history, seed }
  const saves = await preparedSaves(HISTORY_STREAM, historyEvents(options), BATCHED.maxItems)
  const load = await publishedHistories(place.connection, options)
  const { batched, limit, perEventOne, perEventTwo, perEventFour } = await inAlternation({
    batched: () => messagesPerSecond(place, load, BATCHED), limit: limitRound(place.servers, saves),
    perEventOne: () => perEvent(place, load, 1), perEventTwo: () => perEvent(place, load, BATCHED.slots),
    perEventFour: () => perEvent(place, load, MANY_IN_FLIGHT),
  }, { rounds, show: (perSecond) => `${perSecond.toFixed(0)} messages/s` })
  return [ratio('ratioLimit', batched, limit, { least: 0.5 }), ratio('ratioPerEvent', batched, perEventTwo, { least: 1.2 }),
    ratio('ratioPerEventOne', batched, perEventOne),
    ratio('ratioPerEventFour', batched, perEventFour),
    spread('messagesPerSecond', batched), spread('limitPerSecond', limit),
    spread('perEventOnePerSecond', perEventOne), spread('perEventTwoPerSecond', perEventTwo),
    spread('perEventFourPerSecond', perEventFour)]
})
