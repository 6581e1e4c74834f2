import { changedTotals, NO_TOTALS, totalsChanges, type CompanyTotals } from '../../../application/ports/company-totals.ts'
import { comparePositions, ORIGIN } from '../../../application/ports/event-log.ts'
import type { AdvancedRow, Progress, ReadModelStore } from '../../../application/ports/read-model-store.ts'
import { keyOf, type AggregateKey } from '../../../application/ports/transactions.ts'
import type { ProjectionName, ReadModels } from '../../../application/projections/read-models.ts'
import type { CompanyId } from '../../../domain/company.ts'
import { done } from './done.ts'
import type { ReadableStore } from './finder-rows.ts'
import { lastMessages, type LastMessage } from './last-messages.ts'

/** The store, and what its tables would show to those who look into them. */
export interface MemoryReadModelStore extends ReadModelStore, ReadableStore {
  readonly totalsOf: (companyId: CompanyId) => CompanyTotals
  /** By `keyOf` of the chat; also of chats that only messages tell of. */
  readonly lastMessageOf: (chat: AggregateKey) => LastMessage | undefined
}

type Rows = { readonly [N in ProjectionName]: Map<string, ReadModels[N]> }

const noRows = (): Rows => ({
  chat_overview: new Map(), message_timeline: new Map(), contact_card: new Map(), agent_board: new Map(), onboarding_list: new Map(),
})

const present = <Row>(rows: ReadonlyMap<string, Row>, keys: ReadonlyArray<AggregateKey>): ReadonlyMap<string, Row> =>
  new Map(keys.flatMap((key) => {
    const row = rows.get(keyOf(key))
    return row === undefined ? [] : [[keyOf(key), row] as const]
  }))

/** There is never another. */
const GENERATION = 'only'

/** Each step runs at once, so that it is whole or not at all. */
export const memoryReadModelStore = (): MemoryReadModelStore => {
  const rows = noRows()
  const reached = new Map<ProjectionName, Progress>()
  const totals = new Map<CompanyId, CompanyTotals>()
  const lasts = lastMessages(rows.message_timeline)
  const rowsOf = <N extends ProjectionName>(name: N): Map<string, ReadModels[N]> => rows[name]
  const totalsOf = (companyId: CompanyId): CompanyTotals => totals.get(companyId) ?? NO_TOTALS
  const save = <N extends ProjectionName>(name: N, saved: ReadonlyArray<AdvancedRow<ReadModels[N]>>): void => {
    const table = rowsOf(name)
    for (const { key, row } of saved) table.set(keyOf(key), row)
    for (const [companyId, change] of totalsChanges(name, saved))
      totals.set(companyId, changedTotals(totalsOf(companyId), change, NO_TOTALS))
    if (name === 'message_timeline') lasts.refresh(saved as ReadonlyArray<AdvancedRow<ReadModels['message_timeline']>>)
  }
  return {
    rowsOf, totalsOf, progressOf: (name) => reached.get(name), lastMessageOf: lasts.of,
    progress: (name) => done(() => ({ ...(reached.get(name) ?? { position: ORIGIN }), generation: GENERATION })),
    load: <N extends ProjectionName>(name: N, keys: ReadonlyArray<AggregateKey>) => done(() => present(rowsOf(name), keys)),
    advance: (name, { from, generation, to, rows: saved }) => done(() => {
      if (comparePositions(reached.get(name)?.position ?? ORIGIN, from) !== 0 || (generation ?? GENERATION) !== GENERATION) return false
      reached.set(name, to)
      save(name, saved)
      return true
    }),
  }
}
