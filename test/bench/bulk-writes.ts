import { asWriter } from '../../adapters/outbound/postgres/in-role.ts'
import { openOrm } from '../../adapters/outbound/postgres/orm.ts'
import type { PreparedSave } from './prepared-saves.ts'

const MS_PER_SECOND = 1_000

/** Items a second of prepared batches, each one transaction, over so many connections: what the database does alone. */
export const bulkWrites = async (databaseUrl: string, saves: ReadonlyArray<PreparedSave>, connections: number): Promise<number> => {
  const orm = await openOrm({ url: databaseUrl, poolSize: connections, name: 'bench-limit' })
  const queue = saves.values()
  const write = async (): Promise<void> => {
    for (const { companies, query } of queue) await asWriter(orm, companies, (tx) => tx.executeQuery(query))
  }
  const open = (): Promise<unknown> => asWriter(orm, [], () => Promise.resolve())
  const all = (work: () => Promise<unknown>): Promise<unknown> => Promise.all(Array.from({ length: connections }, work))
  await all(open)
  const begun = performance.now()
  await all(write)
  const seconds = (performance.now() - begun) / MS_PER_SECOND
  await orm.close()
  return saves.reduce((sum, { items }) => sum + items, 0) / seconds
}
