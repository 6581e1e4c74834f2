import { setTimeout as sleep } from 'node:timers/promises'
import { TEST_KEY, type Cluster, type KeptService } from '../faults/harness/cluster.ts'
import type { Seen } from '../rebuild/asker.ts'
import { startAsking, type Window } from '../rebuild/asking.ts'
import { say } from '../support/say.ts'
import type { Role } from '../support/service-process.ts'
import { holdLog, killMigrator, migrateTo, migrateWith } from './migrating.ts'

/** The company whose data stand still, and the one that events come in for. */
export const [STILL, MOVING] = ['still', 'moving'] as const
const ROLES: ReadonlyArray<Role> = ['ingest', 'project', 'serve']
const PHASE_MS = 5_000
/** Longer than a migration waits for a lock, so that it gives up and tries again before it is killed. */
const MIGRATOR_HELD_MS = 5_000
/** Longer than a process waits for a lock (in-role.ts). */
const LOG_HELD_MS = 8_000

type Release = Readonly<Record<Role, KeptService>>

export interface Lived {
  readonly migrating: Window
  /** Processes of the old release that were killed, or begun, on the schema that is one migration newer, and came up. */
  readonly startsOnTheNewSchema: number
  readonly migratorKills: number
  readonly logHeldMs: number
  readonly seen: ReadonlyArray<Seen>
}

export const addAll = (cluster: Cluster, release: string, entry?: string): Release => {
  const [ingest, project, serve] = ROLES.map((role) => cluster.add(`${release} ${role}`, role, {}, entry))
  if (ingest === undefined || project === undefined || serve === undefined) throw new Error('a role is missing')
  return { ingest, project, serve }
}

const askAt = async (service: KeptService): Promise<() => Promise<Seen>> => {
  const { httpUrl: url } = await service.untilReady()
  return startAsking({ url, key: TEST_KEY, still: STILL, moving: MOVING, atATime: 1 })
}

interface Again { readonly starts: number; readonly seen: Seen }

/** One migration later: ingest and project come back from a kill; another serve starts beside the one that is asked. */
const startAgain = async (cluster: Cluster, old: Release, entry: string): Promise<Again> => {
  for (const service of [old.ingest, old.project]) {
    await service.kill('SIGKILL')
    await service.untilReady()
  }
  const serve = cluster.add('old serve, begun later', 'serve', {}, entry)
  const stopAsking = await askAt(serve)
  await sleep(PHASE_MS)
  const seen = await stopAsking()
  await serve.end('SIGTERM')
  return { starts: old.ingest.starts() + old.project.starts() - 2 + serve.starts(), seen }
}

/** From the old schema to the new one while the old release works; killed on the way, each time before anything of it is applied. */
const migrateUnder = async (cluster: Cluster, old: Release, entry: string, [first = '', ...others]: ReadonlyArray<string>) => {
  const { url } = cluster.postgres
  const from = Date.now()
  say(`daisi migrate, held at ${first} and killed`)
  await killMigrator(url, MIGRATOR_HELD_MS)
  say(`${first}; ingest and project of the old release killed, another serve of it begun`)
  await migrateTo(url, first)
  const again = await startAgain(cluster, old, entry)
  if (others.length > 0) {
    say(`daisi migrate, held at ${others[0]} and killed`)
    await killMigrator(url, MIGRATOR_HELD_MS)
  }
  say(`event_log locked for ${LOG_HELD_MS} ms, as a rewrite does it`)
  await holdLog(url, LOG_HELD_MS)
  say('daisi migrate, to its end')
  await migrateWith(url)
  return { again, migratorKills: others.length > 0 ? 2 : 1, migrating: { from, to: Date.now() } }
}

/** The old release alone, the schema migrated under it, the new one beside it, the new one alone; questions are asked all the time. */
export const sideBySide = async (cluster: Cluster, old: Release, entry: string, missing: ReadonlyArray<string>): Promise<Lived> => {
  const stopAskingOld = await askAt(old.serve)
  await sleep(PHASE_MS)
  const { again, migratorKills, migrating } = await migrateUnder(cluster, old, entry, missing)
  await sleep(PHASE_MS)
  say('the new release beside the old one')
  const fresh = addAll(cluster, 'new')
  const stopAskingNew = await askAt(fresh.serve)
  await Promise.all(ROLES.map((role) => fresh[role].untilReady()))
  await sleep(PHASE_MS)
  // as a load balancer does: no more questions before it is told to end
  const seenOld = await stopAskingOld()
  for (const role of ROLES) await old[role].end('SIGTERM')
  say('the new release alone')
  await sleep(PHASE_MS)
  const seen = [seenOld, again.seen, await stopAskingNew()]
  return { migrating, startsOnTheNewSchema: again.starts, migratorKills, logHeldMs: LOG_HELD_MS, seen }
}
