import { credsAuthenticator, type NodeConnectionOptions } from '@nats-io/transport-node'
import { readFileSync } from 'node:fs'
import type { Settings } from './settings.ts'

type Address = Pick<Settings, 'natsUrl' | 'natsCredsFile' | 'natsTlsCaFile'>

/** Where NATS is and how to get in. */
export const natsAddress = ({ natsUrl, natsCredsFile, natsTlsCaFile }: Address): NodeConnectionOptions => ({
  servers: (natsUrl ?? '').split(','),
  ...(natsCredsFile === undefined ? {} : { authenticator: credsAuthenticator(readFileSync(natsCredsFile)) }),
  ...(natsTlsCaFile === undefined ? {} : { tls: { caFile: natsTlsCaFile } }),
})
