import { connect, type ConnectionOptions, type NatsConnection } from '@nats-io/transport-node'
import { natsAuthenticator } from './nats-login.ts'
import type { Settings } from './settings.ts'

/** Stale links are noticed after two pings: 10 to 20 s (measured, reliability M15). */
const PING_EVERY_MS = 10_000
const MOST_MISSED_PINGS = 2

/** The client alone would go on in the clear where a server offers no TLS, whatever the URL says (measured, client 3.4). */
const wantsTls = ({ natsUrl, natsTlsCaFile }: Settings): boolean =>
  natsTlsCaFile !== undefined || (natsUrl ?? '').split(',').some((url) => url.trim().startsWith('tls:'))

const optionsOf = (settings: Settings, name: string): ConnectionOptions => {
  const { natsUrl, natsTlsCaFile, natsInboxPrefix } = settings
  const authenticator = natsAuthenticator(settings)
  return {
    servers: (natsUrl ?? '').split(','), name, inboxPrefix: natsInboxPrefix, pingInterval: PING_EVERY_MS, maxPingOut: MOST_MISSED_PINGS,
    ...(authenticator === undefined ? {} : { authenticator }),
    ...(wantsTls(settings) ? { tls: natsTlsCaFile === undefined ? {} : { caFile: natsTlsCaFile } } : {}),
  }
}

/** A process waits for its broker, at the start and ever after (bad inputs C17). */
export const connectNats = (settings: Settings, name: string): Promise<NatsConnection> =>
  connect({ ...optionsOf(settings, name), maxReconnectAttempts: -1, waitOnFirstConnect: true })

/** A command does not wait: its operator reads what is wrong. */
export const connectNatsOnce = (settings: Settings, name: string): Promise<NatsConnection> => connect(optionsOf(settings, name))
