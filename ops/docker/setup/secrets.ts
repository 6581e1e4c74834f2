import { nkeys } from '@nats-io/nats-core'
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { aCertificate } from './certificate.ts'
import { writeAll } from './write-all.ts'

/** Logins of ops/postgres/logins.sql that have a password, and the superuser that the database was made by. */
export const LOGINS = ['daisi_migrate', 'daisi_ingest', 'daisi_project', 'daisi_serve', 'daisi_operate'] as const
export const SUPERUSER = 'postgres'

/** Users of ops/nats/nats-server.conf. */
export const NATS_USERS = ['worker', 'provisioner', 'operator', 'monitor'] as const
/** One company's gateway beside them. */
export type NatsUser = typeof NATS_USERS[number] | 'gateway'

const passwordOf = () => randomBytes(24).toString('base64url')
const seedOf = () => new TextDecoder().decode(nkeys.createUser().getSeed())
const each = <K extends string>(names: ReadonlyArray<K>, make: () => string) =>
  Object.fromEntries(names.map((name) => [name, make()])) as Readonly<Record<K, string>>

const made = () => ({
  passwords: each([...LOGINS, SUPERUSER], passwordOf),
  seeds: each<NatsUser>([...NATS_USERS, 'gateway'], seedOf),
  jwtKey: randomBytes(32).toString('base64url'),
  cursorSecret: randomBytes(32).toString('base64url'),
  nats: aCertificate({ name: 'nats', alsoNames: ['localhost'], validTo: new Date('2046-01-01') }),
})

/** Everything that is secret in the Compose stack. */
export type Secrets = ReturnType<typeof made>

/** Generated the first time, and the same ever after: PostgreSQL keeps the passwords that it was made with. */
export const keptSecrets = (folder: string): Secrets => {
  const path = `${folder}/secrets.json`
  if (!existsSync(path)) writeAll(folder, { 'secrets.json': JSON.stringify(made()) }, { mode: 0o600 })
  return JSON.parse(readFileSync(path, 'utf8')) as Secrets
}

export const publicKeyOf = ({ seeds }: Secrets, user: NatsUser): string =>
  nkeys.fromSeed(new TextEncoder().encode(seeds[user])).getPublicKey()
