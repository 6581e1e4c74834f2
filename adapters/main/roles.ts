import { startIngestProcess } from './ingest.ts'
import { startProjectProcess } from './project.ts'
import { startServeProcess } from './serve.ts'
import type { Settings } from './settings.ts'
import type { Stoppable } from './shutdown.ts'

/** The processes of the service (design 2); any number of each may run. */
export const roles = { ingest: startIngestProcess, project: startProjectProcess, serve: startServeProcess } as const satisfies
  Record<string, (settings: Settings) => Promise<Stoppable>>

export type Role = keyof typeof roles
