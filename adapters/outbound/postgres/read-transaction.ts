import type { MikroORM } from '@mikro-orm/postgresql'
import type { RawBuilder } from 'kysely'
import { BEGIN, COMMIT, pipelinedClient } from './pipelined-client.ts'

/** A transaction that only reads; statements are sent as they come and answered in order. */
export interface ReadTransaction {
  readonly rows: <Row>(query: RawBuilder<Row>) => Promise<ReadonlyArray<Row>>
  /** Never rejects: what was read is read. */
  readonly end: () => Promise<void>
}

/**
 * Begin, `entry` (role and limits), and the first statement go out together, in one round trip (measured, ADR 0022); so do statements that
 * are asked for together. Nothing is given out before the role has been taken: where begin or role fail, the transaction is aborted, and
 * what was read with them is thrown away.
 */
export const openReadTransaction = (orm: MikroORM, entry: RawBuilder<unknown>): ReadTransaction => {
  const { send, endWith } = pipelinedClient(orm)
  const entered = Promise.all([send(BEGIN), send(entry)])
  entered.catch(() => undefined)
  return {
    rows: async (query) => {
      const [, { rows }] = await Promise.all([entered, send(query)])
      return rows
    },
    end: () => endWith(COMMIT).then(() => undefined, () => undefined),
  }
}

/** One query in a transaction of its own, from begin to commit in one round trip (measured, ADR 0019). */
export const readOnce = async <Row>(orm: MikroORM, entry: RawBuilder<unknown>, query: RawBuilder<Row>): Promise<ReadonlyArray<Row>> => {
  const { rows, end } = openReadTransaction(orm, entry)
  const [found] = await Promise.all([rows(query), end()])
  return found
}
