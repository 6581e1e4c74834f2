import type { MikroORM } from '@mikro-orm/postgresql'
import { sql, type RawBuilder } from 'kysely'
import type { Writable } from 'node:stream'
import type { PoolClient } from 'pg'
import { readerEntry } from './in-role.ts'

/** A read-only transaction in a company's name; statements are sent as they come and answered in order. */
export interface ReadTransaction {
  readonly rows: <Row>(query: RawBuilder<Row>) => Promise<ReadonlyArray<Row>>
  /** Never rejects: what was read is read. */
  readonly end: () => Promise<void>
}

const BEGIN = sql`begin`
const COMMIT = sql`commit`

interface Connected { readonly connection: { readonly stream: Writable } }

/** What is sent in one turn of the event loop leaves in one write: each takes as long as making the statement (measured, ADR 0022). */
const together = (client: PoolClient): void => {
  const { stream } = (client as unknown as Connected).connection
  stream.cork()
  process.nextTick(() => { stream.uncork() })
}

/** The pool drops a connection whose state nobody knows. */
const released = (client: PoolClient, ended: Promise<unknown>): Promise<void> =>
  ended.then(() => { client.release() }, () => { client.release(true) })

/**
 * Begin, role and limits, and the first statement go out together, in one round trip (measured, ADR 0022); so do statements that are
 * asked for together. Past kysely, which waits for each. Nothing is given out before the role has been taken: where begin or role
 * fail, the transaction is aborted, and what was read with them is thrown away.
 */
export const openReadTransaction = (orm: MikroORM, companyId: string): ReadTransaction => {
  const db = orm.em.getKysely<unknown>()
  const client = orm.em.getConnection().getNativeClient().then((pool) => pool.connect())
  const send = async <Row>(query: RawBuilder<Row>): Promise<ReadonlyArray<Row>> => {
    const { sql: text, parameters } = query.compile(db)
    const opened = await client
    together(opened)
    return (await opened.query(text, [...parameters])).rows as ReadonlyArray<Row>
  }
  const entered = Promise.all([send(BEGIN), send(readerEntry(companyId))])
  entered.catch(() => undefined)
  return {
    rows: async (query) => {
      const [, rows] = await Promise.all([entered, send(query)])
      return rows
    },
    end: async () => { await client.then((opened) => released(opened, send(COMMIT)), () => undefined) },
  }
}
