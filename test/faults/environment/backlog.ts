import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { jetstream } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'

export interface Backlog {
  /** Puts so many events more into the stream; resolves when they are stored. */
  readonly add: (events: number) => Promise<void>
  readonly added: () => number
  readonly close: () => Promise<void>
}

/** The backlog is spread over them. */
export const COMPANIES = 50
const CHATS = 5_000
/** Published without waiting; the last of a chunk is acknowledged, and with it all before (one connection, one stream). */
const CHUNK = 1_000
const TEXT = 'masih ada stok ukuran L? '.repeat(12)

const subjectOf = (n: number): string => `v1.messages.upsert.backlog-${n % COMPANIES}`

const bodyOf = (n: number): string => JSON.stringify({ message_id: `m-${n}`, chat_id: `chat-${n % CHATS}`, jid: '62811@s.whatsapp.net', flow: 'OUT',
  agent_id: 'agent-1', message_text: TEXT, message_timestamp: 1_750_000_000 + n })

/** Messages of many companies, half a kilobyte each, put into the stream as fast as it takes them. */
export const openBacklog = async (natsUrl: string): Promise<Backlog> => {
  const connection = await connect({ servers: natsUrl })
  const js = jetstream(connection)
  let n = 0
  const addChunk = async (events: number): Promise<void> => {
    for (let i = 1; i < events; i += 1, n += 1) connection.publish(subjectOf(n), bodyOf(n))
    await js.publish(subjectOf(n), bodyOf(n))
    n += 1
  }
  return {
    add: async (events) => { for (let left = events; left > 0; left -= CHUNK) await addChunk(Math.min(left, CHUNK)) },
    added: () => n,
    close: () => connection.close(),
  }
}

/** Peak resident memory of a process since it started, in megabytes. */
export const peakMegabytes = (pid: number): number =>
  Math.round(Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN) / 1_024)

const LOOK_EVERY_MS = 20
const SETTLED = /^daisi_events_total\{[^}]*\} (\d+)/gm

const settledBy = async (adminUrl: string): Promise<number> =>
  [...(await (await fetch(`${adminUrl}/metrics`)).text()).matchAll(SETTLED)].reduce((sum, [, count]) => sum + Number(count), 0)

/** Until the process has settled `events`; meanwhile at least `least` wait, as long as there have to be more. */
export const workOff = async (adminUrl: string, backlog: Backlog, events: number, least: number): Promise<void> => {
  for (let settled = 0; settled < events; settled = await settledBy(adminUrl)) {
    const missing = Math.min(events, settled + least) - backlog.added()
    if (missing > 0) await backlog.add(missing)
    await sleep(LOOK_EVERY_MS)
  }
}
