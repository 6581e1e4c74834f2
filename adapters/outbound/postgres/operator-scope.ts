import type { MikroORM } from '@mikro-orm/postgresql'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { FailedEvent } from '../../../application/ports/failed-events.ts'
import type { Unavailable } from '../../../application/ports/unavailable.ts'
import { attemptOwn } from './attempt.ts'
import { asOperator, asOperatorOfAll, type Database } from './in-role.ts'

/** Whose failures an operator sees: one company's, or, undefined, all of them. */
export type OperatorScope = FailedEvent['companyId'] | undefined

/** Looks under the role of operators; row-level security is the filter. */
export const looking = <A>(orm: MikroORM, scope: OperatorScope, work: (tx: Database) => Promise<A>): TaskEither<Unavailable, A> =>
  attemptOwn(() => (scope === undefined ? asOperatorOfAll(orm, work) : asOperator(orm, scope, work)))
