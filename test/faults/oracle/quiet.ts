import { setTimeout as sleep } from 'node:timers/promises'
import { jetstreamManager } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import { openLook, type Look } from './actual.ts'
import { EVENT_STREAMS } from './stored.ts'

/** Beside them the service has one to see whether the broker can write. */
const COMPANYS = /^daisi_(ingest|history)_/

/** Nothing waits for a durable, nothing is delivered and not settled; `durables` are there at least. */
const brokerWaits = async (url: string, durables: number): Promise<string | undefined> => {
  const connection = await connect({ servers: url })
  try {
    const jsm = await jetstreamManager(connection)
    let found = 0
    for (const stream of EVENT_STREAMS) for await (const consumer of jsm.consumers.list(stream)) {
      const { name, num_pending: pending, num_ack_pending: held } = consumer
      if (!COMPANYS.test(name)) continue
      found += 1
      if (pending + held > 0) return `${name}: ${pending} pending, ${held} held`
    }
    return found < durables ? `${found} of ${durables} durables` : undefined
  } finally {
    await connection.close()
  }
}

const BEHIND = `with last as (select epoch, xid, seq from daisi.event_log order by epoch desc, xid desc, seq desc limit 1)
  select string_agg(c.name, ', ') from (select policy as name, epoch, xid, seq from daisi.policy_checkpoints
    union all select name, epoch, xid, seq from read.checkpoint) c, last l where (c.epoch, c.xid, c.seq) < (l.epoch, l.xid, l.seq)`

/** Every follower of the log is at its end, every dead letter is copied, nothing is left to replay, and no sync that is due to run. */
const databaseWaits = async ({ rows, number }: Look): Promise<string | undefined> => {
  const [behind] = await rows<{ readonly string_agg: string | null }>(BEHIND)
  if (behind?.string_agg !== null && behind?.string_agg !== undefined) return `${behind.string_agg} behind`
  const letters = await number(`select count(*) from daisi.failed_events
    where status in ('retrying', 'dead') or (status = 'exhausted' and dlq_published_at is null)`)
  if (letters > 0) return `${letters} failures not at their end, or not copied`
  const items = await number(`select count(*) from daisi.replay_items where status = 'waiting'`)
  if (items > 0) return `${items} to be replayed`
  const syncs = await number('select count(*) from daisi.post_scan_syncs where done_at is null and due_at <= now()')
  return syncs > 0 ? `${syncs} syncs to be run` : undefined
}

const MS_PER_SECOND = 1_000
const LOOK_EVERY_MS = 150
/** A policy may be about to write: two quiet looks in a row. */
const LOOKS = 2

export interface Watched { readonly natsUrl: string; readonly databaseUrl: string }

/** Waits until all that was published has come to its end; answers after how many ms, or rejects, saying what it waits for. */
export const untilQuiet = async ({ natsUrl, databaseUrl }: Watched, durables: number, withinMs: number): Promise<number> => {
  const begun = Date.now()
  const look = await openLook(databaseUrl)
  try {
    let [quiet, waitsFor] = [0, '']
    while (quiet < LOOKS) {
      if (Date.now() - begun > withinMs) throw new Error(`not quiet after ${withinMs} ms: ${waitsFor}`)
      await sleep(LOOK_EVERY_MS)
      const waits = await brokerWaits(natsUrl, durables) ?? await databaseWaits(look)
      quiet = waits === undefined ? quiet + 1 : 0
      waitsFor = waits ?? waitsFor
    }
    return Date.now() - begun
  } finally {
    await look.close()
  }
}

/** A follower that looks at the log is inside a transaction for moments; what was left behind stays. */
const LEFT_BEHIND_SECONDS = 3

/** Connections left inside a transaction, advisory locks left behind (reliability 3.2, O8). */
export const leftovers = async ({ number }: Look): Promise<ReadonlyArray<string>> => {
  const since = `state_change < clock_timestamp() - interval '${LEFT_BEHIND_SECONDS} s' and pid <> pg_backend_pid()`
  await sleep(LEFT_BEHIND_SECONDS * MS_PER_SECOND)
  const idle = await number(`select count(*) from pg_stat_activity where state like 'idle in transaction%' and ${since}`)
  const locks = await number(`select count(*) from pg_locks l join pg_stat_activity a using (pid) where locktype = 'advisory' and ${since}`)
  return [...(idle > 0 ? [`${idle} connections idle in a transaction`] : []), ...(locks > 0 ? [`${locks} advisory locks held`] : [])]
}
