import { Client } from 'pg'
import { LOG_CHANNEL } from './notify.ts'

const RETRY_MS = 1_000
const CONNECT_TIMEOUT_MS = 3_000

export interface LogListener { readonly close: () => Promise<void> }

/**
 * Calls `wake` when something was committed, and after each connection, for hints may have been missed. A poll is the truth: through
 * a transaction pooler no hint arrives, and nothing complains here (PgBouncer warns of each in its own log).
 */
export const listenToLog = (url: string, name: string, wake: () => void): LogListener => {
  let closed = false
  let timer: NodeJS.Timeout | undefined
  let client: Client | undefined
  const retryAfter = (lost: Client): void => {
    if (closed || client !== lost) return
    client = undefined
    timer = setTimeout(connect, RETRY_MS)
  }
  const connect = (): void => {
    const next = new Client({ connectionString: url, application_name: name, keepAlive: true, connectionTimeoutMillis: CONNECT_TIMEOUT_MS })
    client = next
    next.on('notification', wake)
    const lost = (): void => { retryAfter(next) }
    next.on('error', lost)
    next.once('end', lost)
    next.connect().then(() => next.query(`listen ${LOG_CHANNEL}`)).then(wake, () => next.end().then(lost, lost))
  }
  connect()
  return { close: async () => {
    closed = true
    clearTimeout(timer)
    await client?.end().catch(() => undefined)
  } }
}
