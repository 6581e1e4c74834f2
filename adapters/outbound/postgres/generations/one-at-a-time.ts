import { sql } from 'kysely'
import { openOrm } from '../orm.ts'

/** Key of the advisory lock: the letters BUILD. */
const REBUILD_LOCK = 0x42_55_49_4c_44

/** `work`, unless another does the same in this database: then undefined. Ends with its connection, however the process ends. */
export const oneAtATime = async <A>(url: string, work: () => Promise<A>): Promise<A | undefined> => {
  const guard = await openOrm({ url, poolSize: 1, name: 'daisi-rebuild-lock' })
  try {
    return await guard.em.getConnection().getClient().connection().execute(async (held) => {
      const { rows: [row] } = await sql<{ readonly mine: boolean }>`select pg_try_advisory_lock(${REBUILD_LOCK}::bigint) as mine`.execute(held)
      if (row?.mine !== true) return undefined
      try {
        return await work()
      } finally {
        await sql`select pg_advisory_unlock(${REBUILD_LOCK}::bigint)`.execute(held).catch(() => undefined)
      }
    })
  } finally {
    await guard.close()
  }
}
