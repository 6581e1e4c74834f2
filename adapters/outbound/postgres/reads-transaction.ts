import type { MikroORM } from '@mikro-orm/postgresql'
import { enterAsReader, type Database } from './in-role.ts'

export interface ReadsTransaction {
  readonly run: <A>(work: (tx: Database) => Promise<A>) => Promise<A>
  readonly close: () => Promise<void>
}

/** One read-only transaction for a whole request, begun with its first statement: all answers are of one company and one role. */
export const readsTransaction = (orm: MikroORM, companyId: string): ReadsTransaction => {
  const em = orm.em.fork()
  let begun: Promise<Database> | undefined

  const begin = async (): Promise<Database> => {
    await em.begin({ readOnly: true })
    const tx = em.getKysely<unknown>()
    await enterAsReader(tx, companyId)
    return tx
  }

  return {
    run: async (work) => {
      begun ??= begin()
      return work(await begun)
    },
    close: async () => {
      if (begun === undefined) return
      await begun.catch(() => undefined)
      if (em.isInTransaction()) await em.rollback().catch(() => undefined)
    },
  }
}
