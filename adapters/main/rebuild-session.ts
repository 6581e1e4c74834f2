import * as E from 'fp-ts/lib/Either.js'
import type { MikroORM } from '@mikro-orm/postgresql'
import { dropBeside, rebuild, takeBack } from '../../application/application.ts'
import type { CatchUpPorts } from '../../application/jobs/rebuild/catch-up.ts'
import type { Outcome, RebuildPorts, RebuildWish } from '../../application/jobs/rebuild/rebuild.ts'
import type { Beside, Group } from '../../application/ports/generations.ts'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Unavailable } from '../../application/ports/unavailable.ts'
import { postgresEventLog } from '../outbound/postgres/event-log.ts'
import { postgresGenerations } from '../outbound/postgres/generations/generations.ts'
import { oneAtATime } from '../outbound/postgres/generations/one-at-a-time.ts'
import { migrationFacts } from '../outbound/postgres/migration-facts.ts'
import { openOrm } from '../outbound/postgres/orm.ts'
import { postgresReadModelStore } from '../outbound/postgres/read-model-store.ts'
import { ownerProblems } from '../outbound/postgres/runtime-role.ts'
import { withRunningServers } from './embedded/running-servers.ts'
import { NoSession } from './operator-session.ts'
import type { Settings } from './settings.ts'

export interface RebuildSession {
  readonly beside: (group: Group) => TaskEither<Unavailable, Beside | undefined>
  readonly rebuild: (group: Group, wish: RebuildWish) => TaskEither<Unavailable, Outcome>
  readonly takeBack: (group: Group, percent: number) => TaskEither<Unavailable, Outcome>
  readonly drop: (group: Group) => TaskEither<Unavailable, Outcome>
}

/** One that holds projections still, one that looks, one that writes. */
const POOL = 4

const NO_LIMIT = 0

interface Addresses { readonly log: string; readonly readModels: string }

/** The log as a projector reads it; tables as `daisi migrate` makes them, where the read models live. */
const addressesOf = (given: Settings): Addresses => {
  const { databaseUrl, readDatabaseUrl, migrationDatabaseUrl } = withRunningServers(given)
  const [log, readModels] = [databaseUrl ?? migrationDatabaseUrl, migrationDatabaseUrl ?? readDatabaseUrl ?? databaseUrl]
  if (log === undefined || readModels === undefined)
    throw new NoSession('There is no database: set DATABASE_URL, or run `daisi start` beside this.')
  return { log, readModels }
}

const refuseUnfit = async (orm: MikroORM): Promise<void> => {
  const problems = await ownerProblems(orm)()
  if (E.isLeft(problems)) throw new NoSession('The database does not answer.')
  if (problems.right.length > 0) throw new NoSession(problems.right.join('\n'))
  if ((await migrationFacts(orm)).pending.length > 0) throw new NoSession('The schema is older than this release: run `daisi migrate`.')
}

const sessionOf = (ports: RebuildPorts): RebuildSession => ({
  beside: ports.generations.beside,
  rebuild: (group, wish) => rebuild(group, wish, ports),
  takeBack: (group, percent) => takeBack(group, percent, ports),
  drop: (group) => dropBeside(group, ports),
})

/** For one command: nobody else may rebuild meanwhile. */
export const withRebuildSession = async <A>(
  settings: Settings, onProgress: CatchUpPorts['onProgress'], work: (session: RebuildSession) => Promise<A>,
): Promise<A> => {
  const { log: logUrl, readModels } = addressesOf(settings)
  const orm = await openOrm({ url: readModels, poolSize: POOL, name: 'daisi-rebuild', queryTimeoutMs: NO_LIMIT })
  const logOrm = await openOrm({ url: logUrl, poolSize: 1, name: 'daisi-rebuild-log' })
  try {
    await refuseUnfit(orm)
    const session = sessionOf({
      log: postgresEventLog(logOrm), served: postgresReadModelStore(orm), beside: postgresReadModelStore(orm, 'read_beside'),
      generations: postgresGenerations(orm), page: settings.projectionPage, onProgress })
    const done = await oneAtATime(readModels, async () => ({ answer: await work(session) }))
    if (done === undefined) throw new NoSession('Another `daisi rebuild` is at work on this database.')
    return done.answer
  } finally {
    await Promise.all([orm.close(), logOrm.close()])
  }
}
