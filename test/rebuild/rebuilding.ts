import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Exchanged } from '../../application/ports/generations.ts'
import { runDaisi } from '../support/run-daisi.ts'

interface Report {
  readonly rebuilds: ReadonlyArray<{
    readonly state: string
    readonly seconds: number
    readonly compared?: { readonly rows: number; readonly hashed: number; readonly differences: ReadonlyArray<unknown> }
    readonly exchanged?: Exchanged
  }>
}
export type Rebuilt = Report['rebuilds'][number]

/** One `daisi rebuild`, as an operator runs it. */
export const runRebuild = async (databaseUrl: string, ...args: ReadonlyArray<string>): Promise<Rebuilt> => {
  const { out, err } = await runDaisi(['rebuild', ...args, '--json'], { DATABASE_URL: databaseUrl })
  const [rebuilt] = (out.startsWith('{"rebuilds"') ? JSON.parse(out) as Report : { rebuilds: [] }).rebuilds
  if (rebuilt === undefined) throw new Error(`daisi rebuild ${args.join(' ')}: ${out}${err}`)
  return rebuilt
}

const ENTRY = fileURLToPath(new URL('../../adapters/inbound/cli/daisi.ts', import.meta.url))
const LOOK_EVERY_MS = 5
const BEGUN_WITHIN_MS = 60_000
/** Small, so that it can be met halfway. */
const FACTS_A_STEP = '20'

/** Facts of the log that the half-built `name` has behind it; 0 before it exists. */
const reachedBy = async (client: pg.Client, name: string): Promise<number> => client
  .query<{ readonly seq: string }>('select seq from read_beside.checkpoint where name = $1', [name])
  .then(({ rows: [row] }) => Number(row?.seq ?? 0), () => 0)

/** Begins a rebuild and kills it in the middle; answers how far it had come. */
export const killRebuild = async (databaseUrl: string, name: string): Promise<number> => {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const child = spawn(process.execPath, [ENTRY, 'rebuild', name, '--dry-run'], { stdio: 'ignore',
    env: { ...process.env, DATABASE_URL: databaseUrl, DAISI_PROJECTION_PAGE: FACTS_A_STEP } })
  const ended = once(child, 'exit')
  try {
    for (const end = Date.now() + BEGUN_WITHIN_MS; Date.now() < end; await sleep(LOOK_EVERY_MS)) {
      if (await reachedBy(client, name) === 0) continue
      child.kill('SIGKILL')
      await ended
      return await reachedBy(client, name)
    }
    throw new Error('the rebuild did not begin in time')
  } finally {
    child.kill('SIGKILL')
    await client.end()
  }
}
