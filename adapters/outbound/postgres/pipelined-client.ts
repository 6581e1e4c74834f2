import type { MikroORM } from '@mikro-orm/postgresql'
import { sql, type RawBuilder } from 'kysely'
import type { Writable } from 'node:stream'
import type { PoolClient } from 'pg'

export const BEGIN = sql`begin`
export const COMMIT = sql`commit`

/** What a statement answers. */
export interface Answer<Row> {
  readonly rows: ReadonlyArray<Row>
  /** Rows given or written; null for statements that do neither. */
  readonly rowCount: number | null
  /** What the server says it has done: a commit of a transaction that had failed is a ROLLBACK. */
  readonly command: string
}

export type Send = <Row>(query: RawBuilder<Row>) => Promise<Answer<Row>>

/** A connection of its own, past kysely, which waits for each statement: they are sent as they come and answered in order. */
export interface PipelinedClient {
  readonly send: Send
  /** Sends the last statement and gives the connection back. @throws what the statement fails with; the pool drops the connection then. */
  readonly endWith: (query: RawBuilder<unknown>) => Promise<Answer<unknown>>
}

interface Connected { readonly connection: { readonly stream: Writable } }

/** What is sent in one turn of the event loop leaves in one write: each takes as long as making the statement (measured, ADR 0022). */
const together = (client: PoolClient): void => {
  const { stream } = (client as unknown as Connected).connection
  stream.cork()
  process.nextTick(() => { stream.uncork() })
}

export const pipelinedClient = (orm: MikroORM): PipelinedClient => {
  const db = orm.em.getKysely<unknown>()
  const client = orm.em.getConnection().getNativeClient().then((pool) => pool.connect())
  const send = async <Row>(query: RawBuilder<Row>): Promise<Answer<Row>> => {
    const { sql: text, parameters } = query.compile(db)
    const opened = await client
    together(opened)
    return await opened.query(text, [...parameters]) as unknown as Answer<Row>
  }
  return {
    send,
    endWith: async (query) => {
      const opened = await client
      try {
        const answer = await send(query)
        opened.release()
        return answer
      } catch (cause) {
        opened.release(true)
        throw cause
      }
    },
  }
}
