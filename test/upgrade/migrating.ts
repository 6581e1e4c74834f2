import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { openOrm } from '../../adapters/outbound/postgres/orm.ts'
import type { Window } from '../rebuild/asking.ts'
import { runDaisi } from '../support/run-daisi.ts'

const ENTRY = fileURLToPath(new URL('../../adapters/inbound/cli/daisi.ts', import.meta.url))
const LOOK_EVERY_MS = 20
const WAITS_WITHIN_MS = 60_000

/** `daisi migrate`, of this release or of that `entry`. */
export const migrateWith = async (databaseUrl: string, entry?: string): Promise<Window> => {
  const from = Date.now()
  const { code, out, err } = await runDaisi(['migrate'], { DATABASE_URL: databaseUrl }, '', entry)
  if (code !== 0) throw new Error(`daisi migrate ended with ${code}: ${out}${err}`)
  return { from, to: Date.now() }
}

/** This release's migrations up to that one, for what a release does that lies between. */
export const migrateTo = async (databaseUrl: string, name: string): Promise<void> => {
  const orm = await openOrm({ url: databaseUrl, poolSize: 2, name: 'daisi-test-migrate' })
  try {
    await orm.migrator.up({ to: name })
  } finally {
    await orm.close()
  }
}

const locked = async <A>(databaseUrl: string, lock: string, work: (client: pg.Client) => Promise<A>): Promise<A> => {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    await client.query('begin')
    await client.query(`lock table ${lock} mode`)
    return await work(client)
  } finally {
    await client.end()
  }
}

/** Else a transaction sees who was at work when it looked first. */
const LOOK_ANEW = 'select pg_stat_clear_snapshot()'
const MIGRATOR_WAITS = `select from pg_stat_activity where application_name = 'daisi-migrate' and wait_event_type = 'Lock'`

/**
 * Kills `daisi migrate` at the last statement of its next migration, where it holds all that it ever locks: what it has done must be
 * undone, and nobody may have waited for it too long.
 */
export const killMigrator = (databaseUrl: string, heldMs: number): Promise<void> =>
  locked(databaseUrl, 'daisi_migrations in share', async (client) => {
    const child = spawn(process.execPath, [ENTRY, 'migrate'], { stdio: 'ignore', env: { ...process.env, DATABASE_URL: databaseUrl } })
    const ended = once(child, 'exit')
    const waits = async (): Promise<boolean> => {
      await client.query(LOOK_ANEW)
      return (await client.query(MIGRATOR_WAITS)).rowCount !== 0
    }
    try {
      for (const end = Date.now() + WAITS_WITHIN_MS; !await waits(); await sleep(LOOK_EVERY_MS))
        if (Date.now() > end || child.exitCode !== null) throw new Error(`daisi migrate ended, or did nothing: ${child.exitCode}`)
      await sleep(heldMs)
    } finally {
      child.kill('SIGKILL')
      await ended
    }
  })

/** What a rewrite of a log so big that it takes so long does to everybody who wants the log. */
export const holdLog = (databaseUrl: string, heldMs: number): Promise<void> =>
  locked(databaseUrl, 'daisi.event_log in access exclusive', async () => { await sleep(heldMs) })
