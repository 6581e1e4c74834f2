import type { MikroORM } from '@mikro-orm/postgresql'
import { sql } from 'kysely'

export const LOG_CHANNEL = 'daisi_log'

/** Inside the writers' transactions it would serialise their commits; more often than this nobody needs to know (design 6). */
const NOT_OFTENER_THAN_MS = 20

export interface LogSignal {
  /** Says that something was committed; returns at once and never fails. */
  readonly raise: () => void
  /** Raises no more; what was pending is left to the readers' poll. */
  readonly stop: () => void
}

/**
 * A hint to the readers of the log, in a statement of its own. One that cannot be sent is dropped without a word: readers
 * poll, so it costs them a moment, and the outage itself is told by those who need the database.
 */
export const postgresLogSignal = (orm: MikroORM): LogSignal => {
  let timer: NodeJS.Timeout | undefined
  let sentAt = -NOT_OFTENER_THAN_MS
  const send = (): void => {
    timer = undefined
    sentAt = performance.now()
    sql`select pg_notify(${LOG_CHANNEL}, '')`.execute(orm.em.fork().getKysely<unknown>()).catch(() => undefined)
  }
  return {
    raise: () => { timer ??= setTimeout(send, Math.max(0, sentAt + NOT_OFTENER_THAN_MS - performance.now())) },
    stop: () => { clearTimeout(timer) },
  }
}
