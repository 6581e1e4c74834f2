import { openOrm } from '../../adapters/outbound/postgres/orm.ts'
import { REALTIME_STREAM } from '../../adapters/inbound/nats/streams.ts'
import { freshDatabase } from './bench-ingest.ts'
import { bulkWrites } from './bulk-writes.ts'
import { caughtUp } from './caught-up.ts'
import { single, type Figure } from './frame/figures.ts'
import { withServers, type Bench } from './frame/run-bench.ts'
import { messageEvents } from './load.ts'
import { preparedSaves } from './prepared-saves.ts'
import { openSession } from './queried.ts'
import { BATCHED, COMPANIES } from './shapes.ts'

const WRITERS = 2
const POOL = 6
/** Where a message is: its state, its facts, what readers see of it. */
const TABLES = ['daisi.messages', 'daisi.event_log', 'read.message_timeline']

interface Relation { readonly name: string; readonly bytes: string }

/** Heaps (with what is kept beside them) and indexes. */
const RELATIONS = `
  select t.name || ' heap' as name, pg_table_size(t.name::regclass) as bytes from unnest($1::text[]) as t(name)
  union all
  select i.indexrelid::regclass::text, pg_relation_size(i.indexrelid) from unnest($1::text[]) as t(name)
    join pg_index i on i.indrelid = t.name::regclass
  order by bytes desc`

const WAL = `select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') as bytes`

const PERCENT = 100

const figuresOf = (relations: ReadonlyArray<Relation>, messages: number, walBytes: number): ReadonlyArray<Figure> => {
  const bytes = relations.map(({ name, bytes: all }) => ({ name, each: Number(all) / messages }))
  const total = bytes.reduce((sum, { each }) => sum + each, 0)
  return [
    single('bytesOfAMessage', Math.round(total)), single('walBytesOfAMessage', Math.round(walBytes / messages)),
    ...bytes.map(({ name, each }) => single(`bytes of ${name}`, Math.round(each))),
    ...bytes.map(({ name, each }) => single(`percent of ${name}`, Number((PERCENT * each / total).toFixed(1)))),
  ]
}

/**
 * What a stored message costs on disk, from the pipeline's events: state, facts and read model with their indexes, each index's share,
 * and the write-ahead log that all of it took. It is counted, not timed, so once is enough.
 */
export const diskBench: Bench = ({ events = 50_000, seed }) => withServers(async ({ databaseUrl: serverUrl }) => {
  const databaseUrl = await freshDatabase(serverUrl)
  const session = await openSession(databaseUrl)
  const walNow = async (): Promise<number> => Number((await session.rows<{ readonly bytes: string }>(WAL))[0]?.bytes)
  const before = await walNow()
  const messages = messageEvents({ prefix: 'many', companies: COMPANIES, events, seed })
  const saves = await preparedSaves(REALTIME_STREAM, messages, BATCHED.maxItems)
  await bulkWrites(databaseUrl, saves, WRITERS)
  const orm = await openOrm({ url: databaseUrl, poolSize: POOL, name: 'bench-disk' })
  await caughtUp(orm)
  await orm.close()
  const wal = await walNow() - before
  await session.rows(`vacuum ${TABLES.join(', ')}`)
  const relations = await session.rows<Relation & Readonly<Record<string, unknown>>>(RELATIONS, [TABLES])
  await session.close()
  return figuresOf(relations, events, wal)
})
