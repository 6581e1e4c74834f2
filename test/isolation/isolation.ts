import { Command } from 'commander'
import { createHash } from 'node:crypto'
import { Client } from 'pg'
import { keptEventReader } from '../../adapters/inbound/nats/kept-event-reader.ts'
import { postgresOperations } from '../../adapters/main/operations.ts'
import { postgresReads } from '../../adapters/outbound/postgres/finder-reads.ts'
import { openOrm } from '../../adapters/outbound/postgres/orm.ts'
import { openApiServer, type ApiServer } from '../adapters/graphql/open-api-server.ts'
import { openDatabase } from '../support/open-database.ts'
import { mochaGlobalSetup, mochaGlobalTeardown } from '../support/servers.ts'
import { decoding } from '../support/translating.ts'
import { tally, type Tally } from './attempts.ts'
import { tryApi } from './api-door.ts'
import { plant, rowsOf, tablesOf, type Planted } from './canaries.ts'
import { tryPool } from './pool-door.ts'
import { trySql } from './sql-door.ts'

/** Least number of attempts for a run that proves anything (issue: at least 2,000). */
const LEAST_ATTEMPTS = 2_000

/** Keys may be known; marks and numbers are what must never be seen. */
const world = (seed: number) => {
  const mark = (name: string): string => `canary-${createHash('sha256').update(`${seed} ${name}`).digest('hex').slice(0, 16)}`
  const own: Planted = { company: 'company-a', id: 'a-own', agent: 'a-1', mark: mark('own'), number: 111_222_333 }
  const colleague: Planted = { ...own, id: 'a-other', agent: 'a-2', mark: mark('colleague'), number: 222_333_111 }
  const shared: Planted = { ...own, id: 'shared' }
  const other: Planted = { company: 'company-b', id: 'b-own', agent: 'b-1', mark: mark('other'), number: 777_888_999 }
  const twin: Planted = { ...other, id: 'shared', agent: 'a-1' }
  return { own, colleague, shared, other, twin }
}

const MS_PER_SECOND = 1_000

/** A row's canaries: its texts, its numbers, and those as times. */
const finding = ({ mark, number }: Planted) => (text: string): string | undefined => {
  const found = [mark, String(number), new Date(number * MS_PER_SECOND).toISOString()].find((secret) => text.includes(secret))
  return found === undefined ? undefined : `shows ${found}`
}

const READER = keptEventReader(decoding)

const SHARE = { concurrency: 1_000, rowsPerSecond: 100_000_000 }

const withServer = async (url: string, poolSize: number, work: (server: ApiServer) => Promise<void>): Promise<void> => {
  const orm = await openOrm({ url, poolSize, name: 'daisi-isolation' })
  const graphql = { openReads: postgresReads(orm), openOperations: postgresOperations(orm, READER), share: SHARE }
  const server = await openApiServer({ graphql, http: { mostConnections: 1_000 } })
  try {
    await work(server)
  } finally {
    await server.close()
    await orm.close()
  }
}

const run = async (seed: number, told: Tally): Promise<void> => {
  const { own, colleague, shared, other, twin } = world(seed)
  const database = await openDatabase()
  const client = new Client({ connectionString: database.url })
  await client.connect()
  try {
    const tables = await tablesOf(client)
    for (const planted of [own, colleague, shared, other, twin]) await plant(client, tables, planted)
    await client.query('analyze')
    const [before, seen] = [await rowsOf(client, tables, other.company), finding(other)]
    told.control('B has rows in every table', tables.every(({ schema, name }) => !before.includes(`${schema}.${name}: \n`)))
    await withServer(database.url, 6, (server) => tryApi({ server, own, colleague, others: [other, twin], seen,
      seenOfColleague: finding(colleague) }, told))
    await withServer(database.url, 1, (server) => tryPool(server, [own, other], told))
    await trySql({ client, tables, own, other, seen }, told)
    told.count('untouched', 'all rows of B', await rowsOf(client, tables, other.company) === before ? undefined : 'rows were changed')
  } finally {
    await client.end()
    await database.close()
  }
}

const isolation = new Command('isolation')
  .description('try to reach one company\'s data with another\'s means, through the API and as every database role')
  .option('--seed <n>', 'seed of the canaries', '1')
  .action(async ({ seed }: { readonly seed: string }) => {
    const told = tally()
    const began = performance.now()
    await mochaGlobalSetup()
    try {
      await run(Number(seed), told)
    } finally {
      await mochaGlobalTeardown()
    }
    const figures = { ...told.figures(), seconds: Math.round((performance.now() - began) / 1_000) }
    process.stdout.write(`${JSON.stringify({ suite: 'isolation', figures, seed: Number(seed) })}\n`)
    const { leaks = 0, attempts = 0, failed_controls = 0 } = told.figures()
    process.exitCode = leaks === 0 && failed_controls === 0 && attempts >= LEAST_ATTEMPTS ? 0 : 1
  })

await isolation.parseAsync()
