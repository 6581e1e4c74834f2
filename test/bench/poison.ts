import { queried } from './queried.ts'
import { ingestRound, type Round, type Shape } from './ingest-round.ts'
import type { Load } from './load.ts'
import { onFreshDatabase } from './on-fresh-database.ts'
import type { Place } from './place.ts'

/** Poison that is neither applied nor kept as failed; good messages that are not stored. */
export interface PoisonRound extends Round { readonly lost: number; readonly dropped: number }

/** What no reading lets pass, by turns: half a body, a field that is missing, one of the wrong type, an id that no index could hold. */
const KINDS: ReadonlyArray<(usual: string) => string> = [
  (usual) => usual.slice(0, -1), (usual) => usual.replace('"flow":', '"flaw":'),
  (usual) => usual.replace(/"message_timestamp":\d+/, '"message_timestamp":"yesterday"'),
  (usual) => usual.replace(/"chat_id":"[^"]+"/, `"chat_id":"${'x'.repeat(300)}"`),
]
/** One event of so many: 0.5 %. */
const POISON_EVERY = 200

/** Read without complaint, and refused by the database alone: the whole batch fails with it, and is halved until it is alone. */
const REFUSED_TEXT = 'refused'
/** 0.05 %: what passes all checks of ours is rare. */
const REFUSED_EVERY = 2_000
const REFUSE = `alter table daisi.messages add constraint bench_refused check (message_text is distinct from '${REFUSED_TEXT}')`

const isOneOf = (i: number, every: number): boolean => i % every === every / 2

export const poisoned = (i: number, usual: string): string =>
  (isOneOf(i, POISON_EVERY) ? KINDS[Math.floor(i / POISON_EVERY) % KINDS.length]?.(usual) ?? usual : usual)

export const refused = (i: number, usual: string): string =>
  (isOneOf(i, REFUSED_EVERY) ? JSON.stringify({ ...JSON.parse(usual) as object, message_text: REFUSED_TEXT }) : usual)

const COUNT = 'select (select count(*) from daisi.messages) as stored, (select count(*) from daisi.failed_events) as failed'

const badRound = (place: Place, load: Load, shape: Shape, every: number) => async (databaseUrl: string): Promise<PoisonRound> => {
  await queried(databaseUrl, REFUSE)
  const round = await ingestRound({ ...place, load, shape, databaseUrl, wanted: ['applied', 'failed'] })
  const [counts] = await queried<{ readonly stored: string; readonly failed: string }>(databaseUrl, COUNT)
  const bad = Array.from({ length: load.events }, (_, i) => i).filter((i) => isOneOf(i, every)).length
  return { ...round, lost: bad - Number(counts?.failed), dropped: load.events - bad - Number(counts?.stored) }
}

export const poisonedRound = (place: Place, load: Load, shape: Shape) => (): Promise<PoisonRound> =>
  onFreshDatabase(place.servers, badRound(place, load, shape, POISON_EVERY))
export const refusedRound = (place: Place, load: Load, shape: Shape) => (): Promise<PoisonRound> =>
  onFreshDatabase(place.servers, badRound(place, load, shape, REFUSED_EVERY))
