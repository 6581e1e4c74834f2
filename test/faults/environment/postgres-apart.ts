import { join } from 'node:path'
import { keepPostgres } from '../harness/kept-servers.ts'
import { steadyPort } from '../../support/steady-port.ts'
import { command } from './command.ts'

/** A cluster of PostgreSQL below `folder` whose write-ahead log is below `logFolder`; not running. */
export const postgresApart = async (folder: string, logFolder: string): Promise<void> => {
  const server = keepPostgres({ folder, port: await steadyPort(), onExit: () => undefined })
  await server.untilReady().finally(() => server.end('SIGINT'))
  const [log, apart] = [join(folder, 'postgres', 'data', 'pg_wal'), join(logFolder, 'pg_wal')]
  command('mv', log, apart)
  command('ln', '--symbolic', apart, log)
}
