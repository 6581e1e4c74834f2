import { connect, type NatsConnection } from '@nats-io/transport-node'
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { benchIngest, emptyStreams, freshDatabase } from './bench-ingest.ts'
import type { BenchServers } from './bench-servers.ts'
import { closedAtEnd } from './frame/ending.ts'
import { commits, type Commits } from './commits.ts'

const PUBLISHER = fileURLToPath(new URL('./steady-publisher.ts', import.meta.url))
const LOOK_EVERY_MS = 20
const WITHIN_MS = 120_000
/** What the service starts with (adapters/main/settings-table.ts). */
export const SERVICE_SHAPE = { maxItems: 1_000, slots: 2 }

/** Steady publishers in a process of their own: so many companies, each so many events a second. */
export interface Steady { readonly prefix: string; readonly companies: number; readonly perSecond: number }

export interface TrialOptions {
  readonly seed: number
  /** Before ingest starts. */
  readonly fill: (connection: NatsConnection) => Promise<void>
  readonly weights?: Readonly<Record<string, number>>
  readonly steady?: ReadonlyArray<Steady>
}

export const until = async (what: string, holds: () => boolean, withinMs = WITHIN_MS): Promise<void> => {
  for (const end = Date.now() + withinMs; !holds(); await sleep(LOOK_EVERY_MS))
    if (Date.now() > end) throw new Error(`it took too long until ${what}`)
}

const register = async (databaseUrl: string, weights: Readonly<Record<string, number>>): Promise<void> => {
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  await client.query('insert into daisi.companies (company_id, weight) select * from unnest($1::text[], $2::int[])',
    [Object.keys(weights), Object.values(weights)])
  await client.end()
}

export const startPublisher = (natsUrl: string, { prefix, companies, perSecond }: Steady, seed: number) => {
  const args = [PUBLISHER, natsUrl, prefix, ...[companies, perSecond, seed].map(String)]
  const child = spawn(process.execPath, args, { stdio: 'inherit' })
  const ended = once(child, 'exit')
  return closedAtEnd(async () => {
    child.kill('SIGTERM')
    await ended
  })
}

/** What waits has waited: its stream lies on the disk, where else Linux would be writing it while others are measured (ADR 0013). */
const ontoDisk = (): void => { execFileSync('sync') }

/** The real ingest over empty streams and a fresh database; `measure` begins when the steady companies are being stored. */
export const trial = async <A>(
  { databaseUrl, natsUrl }: BenchServers, { seed, fill, weights = {}, steady = [] }: TrialOptions, measure: (seen: Commits) => Promise<A>,
): Promise<A> => {
  const connection = await connect({ servers: natsUrl })
  await emptyStreams(connection)
  await fill(connection)
  ontoDisk()
  const database = await freshDatabase(databaseUrl)
  await register(database, weights)
  const seen = commits()
  const ingest = await benchIngest({ connection, databaseUrl: database, ...SERVICE_SHAPE, around: seen.around })
  const publishers = steady.map((one) => startPublisher(natsUrl, one, seed))
  try {
    for (const { prefix, companies } of steady)
      for (let i = 0; i < companies; i += 1) await until(`${prefix}-${i} is stored`, () => seen.countOf(`${prefix}-${i}`) > 0)
    return await measure(seen)
  } finally {
    for (const end of publishers) await end()
    await ingest.stop()
    await connection.close()
  }
}
