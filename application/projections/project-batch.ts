import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { EventLog, LogPage, LoggedFact } from '../ports/event-log.ts'
import type { AdvancedRow, Progress, ReadModelStore } from '../ports/read-model-store.ts'
import { keyOf, type AggregateKey } from '../ports/transactions.ts'
import type { Unavailable } from '../ports/unavailable.ts'
import type { Projection } from './projection.ts'
import type { ProjectionName, ReadModels } from './read-models.ts'

/** `more`: something was read, so there may be facts already. `moved`: false when another projector was faster. */
export interface Projected { readonly facts: number; readonly more: boolean; readonly moved: boolean }

const keysOf = (facts: ReadonlyArray<LoggedFact>): ReadonlyArray<AggregateKey> =>
  [...new Map(facts.map(({ companyId, id }) => [keyOf({ companyId, id }), { companyId, id }])).values()]

/** A row as it was, and as it is after the facts so far. */
interface Touched<R> { readonly key: AggregateKey; readonly before: R | undefined; readonly row: R | undefined }

/** The rows that `facts` changed; those of which there is nothing to show are left out. */
const folded = <N extends ProjectionName>(
  { evolve }: Projection<N>, facts: ReadonlyArray<LoggedFact>, loaded: ReadonlyMap<string, ReadModels[N]>,
): ReadonlyArray<AdvancedRow<ReadModels[N]>> => {
  const rows = new Map<string, Touched<ReadModels[N]>>()
  for (const fact of facts) {
    const [name, { companyId, id }] = [keyOf(fact), fact]
    const { key, before, row } = rows.get(name) ?? { key: { companyId, id }, before: loaded.get(name), row: loaded.get(name) }
    rows.set(name, { key, before, row: evolve(row, fact) })
  }
  return [...rows.values()].flatMap(({ key, before, row }) => {
    if (row === undefined || row === before) return []
    return [before === undefined ? { key, row } : { key, before, row }]
  })
}

const applyPage = <N extends ProjectionName>(
  projection: Projection<N>, store: ReadModelStore, from: Progress, page: LogPage,
): TE.TaskEither<Unavailable, boolean> => {
  const { through } = page
  if (through === undefined) return TE.right(true)
  return pipe(
    store.load(projection.name, keysOf(page.facts)),
    TE.chain((loaded) => store.advance(projection.name, {
      from: from.position, ...(from.generation === undefined ? {} : { generation: from.generation }),
      to: { position: through.position, factAt: through.recordedAt },
      rows: folded(projection, page.facts, loaded),
    })),
  )
}

/**
 * One step of a projection: the next page of the log, folded, rows and checkpoint in one transaction. It moves only over
 * facts that it has read, never on a timer; counting is safe because rows and checkpoint commit together (ADR 0006).
 */
export const projectBatch = <N extends ProjectionName>(
  projection: Projection<N>, log: EventLog, store: ReadModelStore, limit: number,
): TE.TaskEither<Unavailable, Projected> => pipe(
  store.progress(projection.name),
  TE.chain((from) => pipe(
    log.read(from.position, [projection.kind], limit),
    TE.chain((page) => pipe(
      applyPage(projection, store, from, page),
      TE.map((moved) => ({ facts: moved ? page.facts.length : 0, more: page.through !== undefined, moved })),
    )),
  )),
)
