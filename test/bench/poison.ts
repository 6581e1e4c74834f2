import { freshDatabase } from './bench-ingest.ts'
import { queried } from './queried.ts'
import { ingestRound, type Place, type Round, type Shape } from './ingest-round.ts'
import type { Load } from './load.ts'

/** Poison that is neither applied nor kept as failed; good messages that are not stored. */
export interface PoisonRound extends Round { readonly lost: number; readonly dropped: number }

/** One event of so many is poison: 0.5 %. */
const EVERY = 200
/** A message that only the database refuses: every reading of it succeeds. */
const REFUSED_TEXT = 'poison'
const refused = (usual: string): string => JSON.stringify({ ...JSON.parse(usual) as object, message_text: REFUSED_TEXT })

/** What is wrong with them, by turns; those that get as far as the database cost most: they fail a whole batch. */
const KINDS: ReadonlyArray<(usual: string) => string> = [
  (usual) => usual.slice(0, -1), refused, (usual) => usual.replace('"flow":', '"flaw":'),
  refused, (usual) => usual.replace(/"message_timestamp":\d+/, '"message_timestamp":"yesterday"'),
]

const isPoison = (i: number): boolean => i % EVERY === EVERY / 2

export const poison = (i: number, usual: string): string =>
  (isPoison(i) ? KINDS[Math.floor(i / EVERY) % KINDS.length]?.(usual) ?? usual : usual)

const REFUSE = `alter table daisi.messages add constraint bench_poison check (message_text is distinct from '${REFUSED_TEXT}')`
const COUNT = 'select (select count(*) from daisi.messages) as stored, (select count(*) from daisi.failed_events) as failed'

export const poisonRound = (place: Place, load: Load, shape: Shape) => async (): Promise<PoisonRound> => {
  const databaseUrl = await freshDatabase(place.servers.databaseUrl)
  await queried(databaseUrl, REFUSE)
  const round = await ingestRound({ ...place, load, shape, databaseUrl })
  const [counts] = await queried<{ readonly stored: string; readonly failed: string }>(databaseUrl, COUNT)
  const bad = Array.from({ length: load.events }, (_, i) => i).filter(isPoison).length
  return { ...round, lost: bad - Number(counts?.failed), dropped: load.events - bad - Number(counts?.stored) }
}
