import { chownSync, mkdirSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { postgresBinaries } from './postgres-binaries.ts'
import { projectRoot } from './project-root.ts'
import { keyOf, reachablePlace } from './reachable-place.ts'
import { reachableByAll, serviceUser, type Account } from './service-user.ts'

/** Where an embedded PostgreSQL lives. */
export interface PostgresPlace {
  /** Folder with `bin/postgres`. */
  readonly native: string
  /** Its data directory; its parent belongs to `user`. */
  readonly data: string
  readonly user: Account | undefined
  /** Whether the data could not be put where they were wanted. */
  readonly moved: boolean
}

/** Folder of the cluster, and whether it is elsewhere than `wanted`, which must exist. */
export const postgresHome = (wanted: string, user: Account | undefined): { readonly home: string; readonly moved: boolean } => {
  const moved = user !== undefined && !reachableByAll(wanted)
  const parent = moved ? join(reachablePlace(), keyOf(relative(projectRoot(), resolve(wanted)))) : resolve(wanted)
  return { moved, home: join(parent, 'postgres') }
}

/** Below `wanted`; as root in a private clone, below a folder that the service user can reach, another one for each wanted folder. */
export const postgresPlace = async (wanted: string): Promise<PostgresPlace> => {
  const user = serviceUser()
  const native = await postgresBinaries(user)
  mkdirSync(wanted, { recursive: true })
  const { home, moved } = postgresHome(wanted, user)
  mkdirSync(home, { recursive: true })
  if (user !== undefined) chownSync(home, user.uid, user.gid)
  return { user, native, data: join(home, 'data'), moved }
}
