import { connect, nkeyAuthenticator, nkeys, type ConnectionOptions, type NatsConnection } from '@nats-io/transport-node'
import * as E from 'fp-ts/lib/Either.js'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { parseProducer, producerUser, type Producer } from '../../adapters/inbound/nats/producer-user.ts'
import { startChild, type ChildServer } from '../../adapters/main/embedded/child-server.ts'
import { obtainNatsServer } from '../../adapters/main/embedded/obtain-nats-server.ts'
import { untilReady } from '../../adapters/main/embedded/until-ready.ts'

const CONFIGURATION = new URL('../../ops/nats/nats-server.conf', import.meta.url)
const PRODUCERS_GO_HERE = '      # Producers, one a company: what `daisi provision users` prints.\n'

const SERVICE_USERS = ['worker', 'provisioner', 'operator', 'monitor'] as const

/** A user of the shipped configuration, or a company that produces. */
export type BrokerUser = typeof SERVICE_USERS[number] | { readonly producerOf: string }

export interface GuardedBroker {
  /** `tls://localhost:…` */
  readonly url: string
  readonly monitorUrl: string
  readonly caFile: string
  /** What a process of the service needs to log in as one of the users. */
  readonly environmentOf: (user: typeof SERVICE_USERS[number]) => Readonly<Record<string, string>>
  readonly as: (user: BrokerUser, more?: ConnectionOptions) => Promise<NatsConnection>
  /** Lets a further company publish, without a restart; `login` as `daisi provision users` takes it after `=`. */
  readonly admit: (company: string, login?: string) => void
  /** Kills the server and starts it again on the same port with the same data. */
  readonly killAndRestart: () => Promise<void>
  /** What the server has logged since it was started. */
  readonly log: () => string
  readonly close: () => Promise<void>
}

interface Ports { readonly nats: readonly [string]; readonly monitoring: readonly [string] }

const selfSigned = (folder: string) => {
  const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const made = spawnSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2',
    '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1', '-keyout', keyFile, '-out', certFile],
  { encoding: 'utf8' })
  if (made.status !== 0) throw new Error(`the program openssl is needed to make a certificate: ${made.error?.message ?? made.stderr}`)
  return { keyFile, certFile }
}

const portsOf = async (file: string): Promise<Ports | undefined> => {
  try {
    const ports = JSON.parse(readFileSync(file, 'utf8')) as Ports
    return (await fetch(`${ports.monitoring[0]}/healthz`)).ok ? ports : undefined
  } catch {
    return undefined
  }
}

/** Makes key pairs on demand, one a name. */
const keyRing = () => {
  const pairs = new Map<string, ReturnType<typeof nkeys.createUser>>()
  const pairOf = (name: string) => {
    const pair = pairs.get(name) ?? nkeys.createUser()
    pairs.set(name, pair)
    return pair
  }
  return { publicKey: (name: string): string => pairOf(name).getPublicKey(), seed: (name: string): Uint8Array => pairOf(name).getSeed() }
}

const producerOf = (text: string): Producer => {
  const producer = parseProducer(text)
  if (E.isLeft(producer)) throw new Error(producer.left)
  return producer.right
}

const nameOf = (user: BrokerUser): string => (typeof user === 'string' ? user : `producer ${user.producerOf}`)
const inboxOf = (user: BrokerUser): string => (typeof user === 'string' ? `_INBOX.${user}` : `_INBOX_${user.producerOf}`)

/**
 * A nats-server with TLS and the configuration that the project ships, word by word: its variables from the environment, its
 * producers as `daisi provision users` prints them.
 */
export const openGuardedBroker = async (...companies: ReadonlyArray<string>): Promise<GuardedBroker> => {
  const folder = mkdtempSync(join(tmpdir(), 'daisi-guarded-'))
  const binary = obtainNatsServer().path
  const { keyFile, certFile } = selfSigned(folder)
  const keys = keyRing()
  const logins = new Map<string, string>()
  const configuration = join(folder, 'nats-server.conf')
  const write = (): void => {
    const shipped = readFileSync(CONFIGURATION, 'utf8')
    if (!shipped.includes(PRODUCERS_GO_HERE)) throw new Error('the shipped configuration has no place for producers')
    const producers = [...logins].map(([company, login]) => producerUser(producerOf(`${company}=${login}`)))
    writeFileSync(configuration, shipped.replace(PRODUCERS_GO_HERE, `${PRODUCERS_GO_HERE}${producers.join('')}`.replaceAll('$', '$$$$')))
  }
  const environment = [`NATS_TLS_CERT_FILE=${certFile}`, `NATS_TLS_KEY_FILE=${keyFile}`, `NATS_STORE_DIR=${join(folder, 'store')}`,
    'NATS_MAX_FILE=1GB', ...SERVICE_USERS.map((user) => `${user.toUpperCase()}_NKEY=${keys.publicKey(user)}`)]
  const start = async (port: string): Promise<{ readonly child: ChildServer; readonly ports: Ports }> => {
    for (const name of readdirSync(folder)) if (name.endsWith('.ports')) rmSync(join(folder, name))
    const child = startChild({ command: 'env', endSignal: 'TERM',
      args: [...environment, binary, '-c', configuration, '-a', '127.0.0.1', '-p', port, '-m', '-1', '--ports_file_dir', folder] })
    const file = join(folder, `${basename(binary)}_${child.pid}.ports`)
    return { child, ports: await untilReady('nats-server', child, () => portsOf(file)) }
  }
  for (const company of companies) logins.set(company, keys.publicKey(nameOf({ producerOf: company })))
  write()
  let { child, ports } = await start('-1')
  const { port } = new URL(ports.nats[0])
  const url = `tls://localhost:${port}`
  return {
    url, caFile: certFile, get monitorUrl() { return ports.monitoring[0] },
    environmentOf: (user) => {
      const seedFile = join(folder, `${user}.seed`)
      writeFileSync(seedFile, keys.seed(user), { mode: 0o600 })
      return { NATS_URL: url, NATS_TLS_CA_FILE: certFile, NATS_NKEY_SEED_FILE: seedFile, DAISI_NATS_INBOX_PREFIX: inboxOf(user) }
    },
    as: (user, more = {}) => connect({ servers: url, tls: { caFile: certFile }, inboxPrefix: inboxOf(user), reconnectTimeWait: 100,
      authenticator: nkeyAuthenticator(keys.seed(nameOf(user))), ...more }),
    admit: (company, login = keys.publicKey(nameOf({ producerOf: company }))) => {
      logins.set(company, login)
      write()
      process.kill(child.pid, 'SIGHUP')
    },
    killAndRestart: async () => {
      process.kill(child.pid, 'SIGKILL')
      await child.stop();
      ({ child, ports } = await start(port))
    },
    log: () => child.log(),
    close: async () => {
      await child.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
