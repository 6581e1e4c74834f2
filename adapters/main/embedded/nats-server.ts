import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { startChild } from './child-server.ts'
import type { EmbeddedServer } from './embedded-server.ts'
import { untilReady } from './until-ready.ts'

export interface NatsOptions {
  /** JetStream's files, the configuration and the ports taken; made when missing. */
  readonly storeDir: string
  /** Chosen by the kernel when left out. */
  readonly port?: number
  /** `always`: an acknowledged publish is on disk; with `default` a power cut loses the last minutes (reliability M1–M3). */
  readonly syncInterval?: 'always' | 'default'
}

export interface EmbeddedNats extends EmbeddedServer {
  /** The server's monitoring address, http. */
  readonly monitorUrl: string
}

/** nats-server reads -1 as: let the kernel choose. */
const ANY_PORT = -1

/** No limit on streams, consumers or bytes: what is not limited here is unlimited. */
const configuration = (store: string, { port = ANY_PORT, syncInterval }: NatsOptions): string => `host: "127.0.0.1"
port: ${port}
http: "127.0.0.1:${ANY_PORT}"
ports_file_dir: ${JSON.stringify(store)}
jetstream { store_dir: ${JSON.stringify(store)}${syncInterval === 'always' ? ', sync_interval: "always"' : ''} }
`

interface Ports { readonly nats: readonly [string]; readonly monitoring: readonly [string] }

/** The server itself writes which ports it took. */
export const readPorts = (file: string): Ports => JSON.parse(readFileSync(file, 'utf8')) as Ports

/** Undefined until it answers on them. */
const portsOf = async (file: string): Promise<Ports | undefined> => {
  try {
    const ports = readPorts(file)
    return (await fetch(`${ports.monitoring[0]}/healthz`)).ok ? ports : undefined
  } catch {
    return undefined
  }
}

/** Leaves no ports file of a killed server: its process number may come again. */
const prepare = (store: string, options: NatsOptions): string => {
  mkdirSync(store, { recursive: true })
  for (const name of readdirSync(store)) if (name.endsWith('.ports')) rmSync(join(store, name))
  const file = join(store, 'nats.conf')
  writeFileSync(file, configuration(store, options))
  return file
}

/**
 * A real nats-server with JetStream as our child: data survive restarts, it stops with us and dies with us.
 * @throws with the server's log when it does not start.
 */
export const startNats = async (binary: string, options: NatsOptions): Promise<EmbeddedNats> => {
  const store = resolve(options.storeDir)
  const child = startChild({ command: binary, args: ['-c', prepare(store, options)], endSignal: 'TERM' })
  const ports = await untilReady('nats-server', child, () => portsOf(join(store, `${basename(binary)}_${child.pid}.ports`)))
  return { url: ports.nats[0], monitorUrl: ports.monitoring[0], note: `nats-server, data in ${store}`, pid: child.pid, stop: child.stop }
}
