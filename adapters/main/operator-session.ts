import * as E from 'fp-ts/lib/Either.js'
import type { OpenOperations } from '../../application/operations.ts'
import { runtimeRoleProblems } from '../outbound/postgres/runtime-role.ts'
import { containerOf } from './container.ts'
import { runningPostgres } from './embedded/running-postgres.ts'
import type { Settings } from './settings.ts'
import type { Stoppable } from './shutdown.ts'
import { token } from './tokens.ts'

/** Why no session could be opened, in words for the operator. */
export class NoSession extends Error {}

export interface OperatorSession extends Stoppable { readonly open: OpenOperations }

/** A command line asks one or two things at a time. */
const POOL = 2

/** The command line's way to the operations: the database of `DATABASE_URL`, or the embedded one that `daisi start` runs beside it. */
export const openOperatorSession = async (settings: Settings): Promise<OperatorSession> => {
  const databaseUrl = settings.databaseUrl ?? runningPostgres(settings.dataDir)
  if (databaseUrl === undefined) throw new NoSession('There is no database: set DATABASE_URL, or run `daisi start` beside this.')
  const container = await containerOf({ ...settings, databaseUrl, databasePool: POOL, logLevel: 'error' }, 'operator', () => undefined)
  const stop = async (): Promise<void> => { await container.unbindAllAsync() }
  const problems = await runtimeRoleProblems(await container.getAsync(token.orm), 'daisi_ops', settings.production)()
  if (E.isRight(problems) && problems.right.length === 0) return { open: await container.getAsync(token.openOperations), stop }
  await stop()
  throw new NoSession(E.isLeft(problems) ? 'The database does not answer.' : problems.right.join('\n'))
}
