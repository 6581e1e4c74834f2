import type { MikroORM } from '@mikro-orm/postgresql'
import type { PoolClient } from 'pg'

export interface SentStatement { readonly text: string; readonly values: ReadonlyArray<unknown> }

export interface Sent {
  readonly statements: ReadonlyArray<SentStatement>
  /** Statements that were sent while their connection was waiting for nothing: what is sent together is one round trip. */
  readonly roundTrips: number
}

type Send = (...args: ReadonlyArray<unknown>) => unknown

/** The driver takes a text and its values, or one object of both. */
const toStatement = ([query, values]: ReadonlyArray<unknown>): SentStatement => {
  if (typeof query === 'string') return { text: query, values: Array.isArray(values) ? values : [] }
  const { text, values: own } = query as { readonly text: string; readonly values?: ReadonlyArray<unknown> }
  return { text, values: own ?? [] }
}

/** What `work` sends through the pool, seen where it leaves the driver. */
export const sentStatements = async (orm: MikroORM, work: () => Promise<unknown>): Promise<Sent> => {
  const pool = await orm.em.getConnection().getNativeClient()
  const statements: SentStatement[] = []
  let roundTrips = 0
  const watched = new Map<PoolClient, Send>()
  const watch = (client: PoolClient): void => {
    if (watched.has(client)) return
    const send = client.query.bind(client) as Send
    let waitingFor = 0
    watched.set(client, client.query as Send)
    Object.assign(client, { query: (...args: ReadonlyArray<unknown>) => {
      statements.push(toStatement(args))
      if (waitingFor === 0) roundTrips += 1
      waitingFor += 1
      return Promise.resolve(send(...args)).finally(() => { waitingFor -= 1 })
    } })
  }
  pool.on('acquire', watch)
  try {
    await work()
  } finally {
    pool.off('acquire', watch)
    for (const [client, query] of watched) Object.assign(client, { query })
  }
  return { statements, roundTrips }
}
