import type { MikroORM } from '@mikro-orm/postgresql'
import { inTransaction, projectorEntry, type Database } from '../../adapters/outbound/postgres/in-role.ts'

/** With the role and the limits of a projection, statement by statement. */
export const asProjector = <A>(orm: MikroORM, work: (tx: Database) => Promise<A>): Promise<A> => inTransaction(orm, async (tx) => {
  await projectorEntry.execute(tx)
  return work(tx)
})
