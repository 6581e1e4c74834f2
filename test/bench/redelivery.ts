import { queried } from './queried.ts'
import { ingestRound, type Round, type Shape } from './ingest-round.ts'
import type { Load } from './load.ts'
import { onFreshDatabase } from './on-fresh-database.ts'
import type { Place } from './place.ts'

/** Of a round whose events were then all delivered once more. */
export interface AgainRound extends Round { readonly againPerSecond: number; readonly factsAdded: number }

const factsIn = async (databaseUrl: string): Promise<number> =>
  Number((await queried<{ readonly facts: string }>(databaseUrl, 'select count(*) as facts from daisi.event_log'))[0]?.facts)

/** The broker has forgotten that they were read, and so has PostgreSQL. */
const forgetPositions = (databaseUrl: string): Promise<unknown> => queried(databaseUrl, 'delete from daisi.acknowledged_positions')

const twice = (place: Place, load: Load, shape: Shape) => async (databaseUrl: string): Promise<AgainRound> => {
  const first = await ingestRound({ ...place, load, shape, databaseUrl })
  const before = await factsIn(databaseUrl)
  await forgetPositions(databaseUrl)
  const again = await ingestRound({ ...place, load, shape, databaseUrl, wanted: ['unchanged'] })
  return { ...first, againPerSecond: again.perSecond, factsAdded: await factsIn(databaseUrl) - before }
}

export const deliveredAgain = (place: Place, load: Load, shape: Shape) => (): Promise<AgainRound> =>
  onFreshDatabase(place.servers, twice(place, load, shape))
