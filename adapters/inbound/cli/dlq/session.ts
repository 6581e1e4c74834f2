import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { userInfo } from 'node:os'
import type { Refusal } from '../../../../application/commands/act.ts'
import type { OpenOperations, Operations } from '../../../../application/operations.ts'
import { NoSession, openOperatorSession } from '../../../main/operator-session.ts'
import { usesOf } from '../../../main/uses.ts'
import { settingsOrExit } from '../read-settings.ts'
import { EXIT, type Company } from './command.ts'

/** Ends the command with a message; not a bug. */
export class Ended extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

type Failure = Refusal | { readonly type: 'Unavailable' } | { readonly type: 'TooSlow' }

const wordsOf = ({ message, missing = [] }: Refusal): string => (missing.length === 0 ? message : `${message} Unknown: ${missing.join(', ')}.`)

const endedBy = (failure: Failure): Ended => (failure.type === 'Refusal' ? new Ended(failure.code, wordsOf(failure))
  : new Ended('unavailable', 'The database does not answer at the moment. Try again.'))

/** What was found or done; a refusal ends the command. */
export const asked = async <A>(task: TaskEither<Failure, A>): Promise<A> => {
  const result = await task()
  if (E.isLeft(result)) throw endedBy(result.left)
  return result.right
}

/** Whom the audit names: the operating system's user, unless `--as` says otherwise. */
export const actorOf = (name: string | undefined): string => `cli:${name ?? userInfo().username}`

const report = (cause: Ended | NoSession, json: boolean): void => {
  const code = cause instanceof Ended ? cause.code : 'no_database'
  if (json) process.stdout.write(`${JSON.stringify({ error: { code, message: cause.message } })}\n`)
  else process.stderr.write(`${cause.message}\n`)
}

/** Runs a command; answers by what it prints and by the exit code. */
export const ending = async (json: boolean, work: () => Promise<number>): Promise<void> => {
  try {
    process.exitCode = await work()
  } catch (cause) {
    if (!(cause instanceof Ended || cause instanceof NoSession)) throw cause
    report(cause, json)
    process.exitCode = EXIT.refused
  }
}

/** Runs a command against the database. */
export const inSession = async (json: boolean, work: (open: OpenOperations) => Promise<number>): Promise<void> => {
  const settings = settingsOrExit(usesOf.operate)
  return ending(json, async () => {
    const session = await openOperatorSession(settings)
    try {
      return await work(session.open)
    } finally {
      await session.stop()
    }
  })
}

/** The company that ids belong to, unless one was named; an unknown id is everybody's, so that its refusal is written down. */
export const companyOf = async ({ failedEvents }: Operations, ids: ReadonlyArray<number>, named: Company | undefined): Promise<Company> => {
  if (named !== undefined) return named
  const companies = new Set([...(await asked(failedEvents.byIds(ids))).values()].map(({ companyId }) => companyId))
  if (companies.size > 1) throw new Ended('several_companies', 'These events belong to several companies; say which with --company.')
  return [...companies][0] ?? '*'
}
