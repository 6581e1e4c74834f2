import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { startPostgres } from '../../adapters/main/embedded/postgres.ts'
import type { EmbeddedServer } from '../../adapters/main/embedded/embedded-server.ts'
import { serviceUser } from '../../adapters/main/embedded/service-user.ts'
import { runClient } from '../support/postgres-client.ts'

/** A way to back up a running database and to start another cluster from the backup; as ops/docs/backup-and-restore.md has it. */
export interface BackupKind {
  readonly name: string
  /** Whether the other cluster counts its transactions from the beginning. */
  readonly startsAnew: boolean
  readonly take: (url: string, folder: string) => Promise<void>
  readonly restore: (folder: string) => Promise<EmbeddedServer>
}

const dump: BackupKind = {
  name: 'a dump', startsAnew: true,
  take: async (url, folder) => {
    await runClient('pg_dumpall', ['--globals-only', '--no-role-passwords', `--dbname=${url}`, `--file=${join(folder, 'globals.sql')}`])
    await runClient('pg_dump', ['--format=custom', `--file=${join(folder, 'daisi.dump')}`, url])
  },
  restore: async (folder) => {
    const server = await startPostgres({ dataDir: join(folder, 'fresh') })
    // the superuser of both clusters has the same name, of which psql complains and goes on
    await runClient('psql', ['--quiet', '--no-psqlrc', `--dbname=${server.url}`, `--file=${join(folder, 'globals.sql')}`], true)
    await runClient('pg_restore', ['--exit-on-error', '--single-transaction', `--dbname=${server.url}`, join(folder, 'daisi.dump')])
    return server
  },
}

const base: BackupKind = {
  name: 'a base backup with its log', startsAnew: false,
  take: async (url, folder) => {
    const data = join(folder, 'fresh', 'postgres', 'data')
    mkdirSync(join(folder, 'fresh', 'postgres'), { recursive: true })
    await runClient('pg_basebackup', [`--dbname=${url}`, '--wal-method=stream', '--checkpoint=fast', `--pgdata=${data}`])
    chmodSync(data, 0o700)
    const user = serviceUser()
    if (user !== undefined) spawnSync('chown', ['--recursive', `${user.uid}:${user.gid}`, join(folder, 'fresh', 'postgres')])
  },
  restore: (folder) => startPostgres({ dataDir: join(folder, 'fresh') }),
}

export const BACKUPS = [dump, base]
