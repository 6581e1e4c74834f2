import { ORIGIN } from '../../application/ports/event-log.ts'
import type { AdvancedRow, ReadModelStore } from '../../application/ports/read-model-store.ts'
import { keyOf } from '../../application/ports/transactions.ts'
import type { ProjectionName, ReadModels } from '../../application/projections/read-models.ts'
import type { CompanyId } from '../../domain/company.ts'
import { rightOf } from './right-of.ts'

/** When the last fact was recorded that the seeded read models have applied. */
export const SEEDED_AT = 1_750_000_000_123

/** Puts rows of one company into a read model, in one step of its projection. */
export const seedReadModels = (store: ReadModelStore) => async <N extends ProjectionName>(
  name: N, rows: Readonly<Record<string, ReadModels[N]>>, company = 'acme',
): Promise<void> => {
  const { position: from } = await rightOf(store.progress(name))
  const keys = Object.keys(rows).map((id) => ({ companyId: company as CompanyId, id }))
  const loaded = await rightOf(store.load(name, keys))
  const saved = keys.flatMap((key): ReadonlyArray<AdvancedRow<ReadModels[N]>> => {
    const row: ReadModels[N] | undefined = rows[key.id]
    const before = loaded.get(keyOf(key))
    return row === undefined ? [] : [{ key, row, ...(before === undefined ? {} : { before }) }]
  })
  const position = { epoch: ORIGIN.epoch + 1, xid: from.xid + 1, seq: from.seq + saved.length }
  await rightOf(store.advance(name, { from, to: { position, factAt: SEEDED_AT }, rows: saved }))
}
