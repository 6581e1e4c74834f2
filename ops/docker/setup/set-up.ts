import { execFileSync } from 'node:child_process'
import { chownSync, readFileSync } from 'node:fs'
import { keptSecrets, LOGINS, NATS_USERS, publicKeyOf, SUPERUSER, type NatsUser, type Secrets } from './secrets.ts'
import { writeAll } from './write-all.ts'

/**
 * The Compose service `setup`: generates the stack's secrets once and gives each of the other services a folder with its own, and no
 * more. Runs as root of its container, without network, to give files away: PostgreSQL and NATS are not who we are.
 *
 * Folders: /made/<service> are the volumes; /given/nats and /given/postgres are ops/nats and ops/postgres.
 */

/** Who our image runs as, and NATS in the stack. */
const OURS = { mode: 0o400, owner: 1000 }
/** The database's user has another number in each image; only its own container sees that folder. */
const ANYBODY = { mode: 0o444 }

const COMPANY = 'ACME'
const PRODUCERS_GO_HERE = '      # Producers, one a company'

const secrets = keptSecrets('/made/setup')

const databaseUrl = (login: typeof LOGINS[number]): string => `postgres://${login}:${secrets.passwords[login]}@postgres:5432/daisi`

const natsLogin = (user: NatsUser) => ({ 'nats.seed': secrets.seeds[user], 'ca.pem': secrets.nats.certificate })

/** The shipped configuration, with our public keys before it and the gateway's rights where it says. */
const natsConfiguration = (given: Secrets): string => {
  const keys = NATS_USERS.map((user) => `${user.toUpperCase()}_NKEY: ${publicKeyOf(given, user)}\n`)
  const producer = execFileSync('daisi', ['provision', 'users', `${COMPANY}=${publicKeyOf(given, 'gateway')}`], { encoding: 'utf8' })
  const [before, after] = readFileSync('/given/nats/nats-server.conf', 'utf8').split(PRODUCERS_GO_HERE)
  if (before === undefined || after === undefined) throw new Error('nats-server.conf has no place for producers')
  return `${keys.join('')}${before}${producer}${PRODUCERS_GO_HERE}${after}`
}

const passwords = LOGINS.map((login) => `alter role ${login} password '${secrets.passwords[login]}';\n`).join('')

writeAll('/made/postgres', {
  '10-logins.sql': readFileSync('/given/postgres/logins.sql', 'utf8'), '20-passwords.sql': passwords,
  'superuser.password': secrets.passwords[SUPERUSER],
}, ANYBODY)
writeAll('/made/nats', {
  'nats-server.conf': natsConfiguration(secrets), 'cert.pem': secrets.nats.certificate, 'key.pem': secrets.nats.key,
}, OURS)
chownSync('/made/nats-data', OURS.owner, OURS.owner)
writeAll('/made/migrate', { 'database.url': databaseUrl('daisi_migrate') }, OURS)
writeAll('/made/provision', natsLogin('provisioner'), OURS)
writeAll('/made/ingest', { 'database.url': databaseUrl('daisi_ingest'), ...natsLogin('worker') }, OURS)
writeAll('/made/project', { 'database.url': databaseUrl('daisi_project') }, OURS)
writeAll('/made/serve', {
  'database.url': databaseUrl('daisi_serve'), 'jwt.key': secrets.jwtKey, 'cursor.secret': secrets.cursorSecret,
}, OURS)
writeAll('/made/operator', { 'database.url': databaseUrl('daisi_operate'), ...natsLogin('operator') }, OURS)
writeAll('/made/gateway', natsLogin('gateway'), OURS)
