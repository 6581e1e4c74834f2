import { credsAuthenticator, nkeyAuthenticator, nkeys, usernamePasswordAuthenticator, type Authenticator } from '@nats-io/transport-node'
import { readFileSync } from 'node:fs'

/** The settings that say who we are to NATS; of three ways at most one. */
export interface NatsLogin {
  readonly natsCredsFile: string | undefined
  readonly natsNkeySeed: string | undefined
  readonly natsUser: string | undefined
  readonly natsPassword: string | undefined
}

const isSeed = (text: string): boolean => {
  try {
    return nkeys.fromSeed(new TextEncoder().encode(text)).getPublicKey().startsWith('U')
  } catch {
    return false
  }
}

/** One line each, never a value. */
export const natsLoginProblems = ({ natsCredsFile, natsNkeySeed, natsUser, natsPassword }: NatsLogin): ReadonlyArray<string> => [
  ...([natsCredsFile, natsNkeySeed, natsUser].filter((way) => way !== undefined).length > 1
    ? ['of NATS_CREDS_FILE, NATS_NKEY_SEED and NATS_USER only one may be set'] : []),
  ...((natsUser === undefined) === (natsPassword === undefined) ? [] : ['NATS_USER and NATS_PASSWORD are set together or not at all']),
  ...(natsNkeySeed === undefined || isSeed(natsNkeySeed) ? [] : ['NATS_NKEY_SEED must be the seed of a user: it begins with SU']),
]

/** Undefined for a server that asks nobody who he is, or whose URL says it. */
export const natsAuthenticator = ({ natsCredsFile, natsNkeySeed, natsUser, natsPassword }: NatsLogin): Authenticator | undefined => {
  if (natsCredsFile !== undefined) return credsAuthenticator(readFileSync(natsCredsFile))
  if (natsNkeySeed !== undefined) return nkeyAuthenticator(new TextEncoder().encode(natsNkeySeed))
  return natsUser === undefined ? undefined : usernamePasswordAuthenticator(natsUser, natsPassword)
}
