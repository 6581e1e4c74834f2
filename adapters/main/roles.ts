import { startIngestProcess } from './ingest.ts'
import { startProjectProcess } from './project.ts'
import { refuseIfAny } from './refusal.ts'
import { startServeProcess } from './serve.ts'
import type { Settings } from './settings.ts'
import type { Stoppable } from './shutdown.ts'

/** The processes of the service (design 2); any number of each may run. */
export const roles = { ingest: startIngestProcess, project: startProjectProcess, serve: startServeProcess } as const satisfies
  Record<string, (settings: Settings) => Promise<Stoppable>>

export type Role = keyof typeof roles

/** One process embeds no servers: whoever starts it says where they are (bad inputs C1). */
const missingServers = (role: Role, { natsUrl, databaseUrl }: Settings): ReadonlyArray<string> => [
  ...(role === 'ingest' && natsUrl === undefined ? ['NATS_URL is required for one process alone'] : []),
  ...(databaseUrl === undefined ? ['DATABASE_URL is required for one process alone'] : []),
]

export const startRole = (role: Role, settings: Settings): Promise<Stoppable> => {
  refuseIfAny(missingServers(role, settings))
  return roles[role](settings)
}
