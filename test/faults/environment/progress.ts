import { jetstreamManager } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Cluster, ServiceRun } from '../harness/cluster.ts'
import type { Kept } from '../harness/kept.ts'
import { openLook } from '../oracle/actual.ts'
import { EVENT_STREAMS } from '../oracle/stored.ts'
import type { Load } from '../workload/load.ts'

const LOOK_EVERY_MS = 50
const ANSWER_WITHIN_MS = 1_500

/** Milliseconds until it holds; a look that fails does not. Rejects, saying what was waited for, after `withinMs`. */
export const msUntil = async (what: string, holds: () => Promise<boolean>, withinMs: number): Promise<number> => {
  const begun = performance.now()
  while (!await holds().catch(() => false)) {
    if (performance.now() - begun > withinMs) throw new Error(`${what}: not within ${withinMs} ms`)
    await sleep(LOOK_EVERY_MS)
  }
  return Math.round(performance.now() - begun)
}

/** What a process says that it waits for, by the names of its checks; nothing while it does not answer. */
const waitsFor = async (kept: Kept<ServiceRun>): Promise<ReadonlyArray<string>> => {
  const run = kept.current()
  if (run === undefined) return []
  const answer = await fetch(`${run.adminUrl}/readyz`, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS * 3) }).catch(() => undefined)
  return answer === undefined ? [] : (await answer.json() as { readonly waitingFor: ReadonlyArray<string> }).waitingFor
}

/**
 * All that any of these processes says that it waits for until `forMs` after one has named `awaited`, or until `withinMs` have passed; at
 * one moment it may just have got through.
 */
export const allWaitedFor = async (
  processes: ReadonlyArray<Kept<ServiceRun>>, awaited: string, forMs: number, withinMs: number,
): Promise<ReadonlyArray<string>> => {
  const all = new Set<string>()
  for (let end = performance.now() + withinMs; performance.now() < end; await sleep(LOOK_EVERY_MS)) {
    const names = (await Promise.all(processes.map(waitsFor))).flat()
    if (!all.has(awaited) && names.includes(awaited)) end = performance.now() + forMs
    for (const name of names) all.add(name)
  }
  return [...all]
}

/** What a process says of itself; false too while it does not answer. */
export const isReady = (kept: Kept<ServiceRun>) => async (): Promise<boolean> => {
  const run = kept.current()
  if (run === undefined) return false
  return (await fetch(`${run.adminUrl}/readyz`, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS * 3) })).ok
}

/** How far the streams go now; `isSettled` says whether all up to there is acknowledged. */
const streamMark = async (natsUrl: string) => {
  const connection = await connect({ servers: natsUrl, timeout: ANSWER_WITHIN_MS })
  const jsm = await jetstreamManager(connection, { timeout: ANSWER_WITHIN_MS })
  const marks = await Promise.all(EVENT_STREAMS.map(async (stream) => [stream, (await jsm.streams.info(stream)).state.last_seq] as const))
  return {
    isSettled: async (): Promise<boolean> => {
      for (const [stream, mark] of marks) for await (const consumer of jsm.consumers.list(stream)) {
        const { num_pending: pending, num_ack_pending: held, ack_floor: { stream_seq: floor } } = consumer
        if (pending + held > 0 && floor < mark) return false
      }
      return true
    },
    close: () => connection.close(),
  }
}

/** Milliseconds until so many more publishes are accepted. */
export const msUntilPublished = (load: Load, more: number, withinMs: number): Promise<number> => {
  const before = load.entries().length
  return msUntil(`${more} more publishes accepted`, async () => load.entries().length >= before + 2 * more, withinMs)
}

const LAST_FACT =
  'select epoch, xid::text, seq from daisi.event_log order by event_log.epoch desc, event_log.xid desc, event_log.seq desc limit 1'

/** Milliseconds until all that was published so far is applied and acknowledged. */
export const msUntilApplied = async ({ nats }: Cluster, withinMs: number): Promise<number> => {
  const mark = await streamMark(nats.url)
  try {
    return await msUntil('everything published is applied', mark.isSettled, withinMs)
  } finally {
    await mark.close()
  }
}

interface Position { readonly epoch: number; readonly xid: string; readonly seq: string }

/** Milliseconds until the read models show every fact of now. */
export const msUntilShown = async ({ postgres }: Cluster, withinMs: number): Promise<number> => {
  const look = await openLook(postgres.url)
  try {
    const [last] = await look.rows<Position>(LAST_FACT)
    if (last === undefined) return 0
    const behind = `select count(*) from read.checkpoint where (epoch, xid, seq) < (${last.epoch}, '${last.xid}'::xid8, ${last.seq})`
    return await msUntil('every fact is shown', async () => await look.number(behind) === 0, withinMs)
  } finally {
    await look.close()
  }
}

/**
 * Events that were counted as failed and are not refused for good: an outage must not make one (reliability G6). A refused one that is
 * delivered again is told again, which is no attempt at anything.
 */
export const attemptsOf = async ({ postgres }: Cluster): Promise<number> => {
  const look = await openLook(postgres.url)
  try {
    return await look.number(`select count(*) from daisi.failed_events where status <> 'exhausted'`)
  } finally {
    await look.close()
  }
}
