import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { EmbeddedServer } from './postgres.ts'

export interface NatsOptions {
  readonly storeDir: string
  readonly port?: number
  /** `always`: an acknowledged publish is on disk (measured: the default loses all of the last seconds at a power cut, reliability M1). */
  readonly syncInterval?: 'always' | 'default'
}

export interface EmbeddedNats extends EmbeddedServer { readonly monitorUrl: string }

const READY_WITHIN_MS = 15_000
const LOOK_EVERY_MS = 10
const MOST_LOG = 20_000
const ANY_PORT = -1

const configuration = ({ storeDir, port, syncInterval }: NatsOptions, run: string): string => [
  'host: "127.0.0.1"', `port: ${port ?? ANY_PORT}`, `http: "127.0.0.1:${ANY_PORT}"`, `ports_file_dir: "${run}"`,
  `jetstream { store_dir: "${resolve(storeDir)}"${syncInterval === 'always' ? ', sync_interval: "always"' : ''} }`, ''].join('\n')

interface Ports { readonly nats: readonly [string]; readonly monitoring: readonly [string] }

/** The server itself writes which ports it took; undefined until it answers on them. */
const portsOf = async (file: string): Promise<Ports | undefined> => {
  try {
    const ports = JSON.parse(readFileSync(file, 'utf8')) as Ports
    return (await fetch(`${ports.monitoring[0]}/healthz`)).ok ? ports : undefined
  } catch {
    return undefined
  }
}

/** A real nats-server with JetStream as a child: data survive restarts, it stops with us and dies with us. */
export const startNats = async (binary: string, options: NatsOptions): Promise<EmbeddedNats> => {
  const run = mkdtempSync(join(tmpdir(), 'daisi-nats-'))
  mkdirSync(options.storeDir, { recursive: true })
  writeFileSync(join(run, 'nats.conf'), configuration(options, run))
  const child = spawn('setpriv', ['--pdeathsig', 'TERM', binary, '-c', join(run, 'nats.conf')], { stdio: ['ignore', 'ignore', 'pipe'] })
  const exited = once(child, 'exit')
  let log = ''
  child.stderr.on('data', (chunk: Buffer) => { if (log.length < MOST_LOG) log += chunk.toString() })
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM')
    await exited
    rmSync(run, { recursive: true, force: true })
  }
  for (const end = Date.now() + READY_WITHIN_MS; Date.now() < end && child.exitCode === null; await sleep(LOOK_EVERY_MS)) {
    const ports = await portsOf(join(run, `${basename(binary)}_${child.pid}.ports`))
    if (ports !== undefined)
      return { url: ports.nats[0], monitorUrl: ports.monitoring[0], note: `nats-server, data in ${resolve(options.storeDir)}`, pid: child.pid ?? 0, stop }
  }
  await stop()
  throw new Error(`nats-server is not ready: ${log}`)
}
