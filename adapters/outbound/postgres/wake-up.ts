import type { MikroORM } from '@mikro-orm/postgresql'
import { sql } from 'kysely'
import { Client } from 'pg'

const CHANNEL = 'daisi_facts'
/** Followers need no more than this, and each costs a statement (design 6). */
const AT_MOST_EVERY_MS = 20

/** Tells followers that facts were committed: after the commit, in a statement of its own, for inside the transaction it would serialise commits. A hint; a poll is the truth. */
export const announcer = (orm: MikroORM): (() => void) => {
  let timer: NodeJS.Timeout | undefined
  return () => {
    timer ??= setTimeout(() => {
      timer = undefined
      void sql`select pg_notify(${CHANNEL}, '')`.execute(orm.em.fork().getKysely<unknown>()).catch(() => undefined)
    }, AT_MOST_EVERY_MS)
  }
}

const RECONNECT_AFTER_MS = 1_000

export interface Listener { readonly stop: () => Promise<void> }

/** Calls `onFacts` when facts were committed; a lost connection is made again, and what was missed meanwhile the poll finds. */
export const listen = (url: string, onFacts: () => void): Listener => {
  let stopped = false
  let client: Client | undefined
  const connect = async (): Promise<void> => {
    const next = new Client({ connectionString: url, application_name: 'daisi-listen', keepAlive: true, connectionTimeoutMillis: 3_000 })
    client = next
    next.on('notification', onFacts)
    next.on('error', () => undefined)
    next.once('end', () => { if (!stopped) setTimeout(() => { void connect().catch(() => undefined) }, RECONNECT_AFTER_MS).unref() })
    try {
      await next.connect()
      await next.query(`listen ${CHANNEL}`)
    } catch {
      await next.end().catch(() => undefined)
    }
  }
  void connect()
  return { stop: async () => {
    stopped = true
    await client?.end().catch(() => undefined)
  } }
}
