import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Unavailable, Unstorable } from '../../../application/ports/unavailable.ts'

/** SQLSTATE classes of a server that is down, full, busy or in our way (PostgreSQL manual, appendix A; bad inputs E126, E127). */
const OUTAGE = /^(08|53|57P|57014|58|40|55P03|25P03|25P04)/
/** Data exception, integrity violation, too complex: the data's own fault (bad inputs E125). */
const DATA = /^(22|23|54)/
const SQLSTATE = /^[0-9A-Z]{5}$/
/** What the driver says without a code when the connection broke or stayed silent. */
const BROKEN = /terminated|timeout|timed out|not queryable|ECONN|EPIPE|socket|Cannot use a pool after/i

const codeOf = (cause: Error): string => {
  const code: unknown = Reflect.get(cause, 'code')
  return typeof code === 'string' ? code : ''
}

/** Two writers of one version of an aggregate: our lanes have failed, the data have not (design 6). */
const OWN_FAULT = 'event_log_aggregate'

/** The driver's error without its message, which may quote data. */
const withoutValues = (code: string, cause: Error): Error => {
  const bare = new Error(`PostgreSQL: ${code === '' ? 'connection lost' : code}`)
  if (cause.stack !== undefined) bare.stack = `${bare.message}\n${cause.stack.split('\n').filter((line) => line.trimStart().startsWith('at ')).join('\n')}`
  return Object.assign(bare, { code })
}

export const failureOf = (cause: unknown): Unavailable | Unstorable | undefined => {
  if (!(cause instanceof Error)) return undefined
  const code = codeOf(cause)
  if (Reflect.get(cause, 'constraint') === OWN_FAULT) return undefined
  const isState = SQLSTATE.test(code) && !code.startsWith('E')
  if (isState && DATA.test(code)) return { type: 'Unstorable', sqlState: code, cause: withoutValues(code, cause) }
  if (isState ? OUTAGE.test(code) : BROKEN.test(`${code} ${cause.message}`)) return { type: 'Unavailable', cause: withoutValues(code, cause) }
  return undefined
}

/** The only place that turns a driver's error into a value; what it does not know is a bug and rejects. */
export const attempt = <A>(work: () => Promise<A>): TaskEither<Unavailable | Unstorable, A> => async () => {
  try {
    return E.right(await work())
  } catch (cause) {
    const failure = failureOf(cause)
    if (failure === undefined) throw cause instanceof Error ? withoutValues(codeOf(cause) || cause.name, cause) : cause
    return E.left(failure)
  }
}

/** For statements whose data come from us: that they cannot be stored is a bug. */
export const attemptOwn = <A>(work: () => Promise<A>): TaskEither<Unavailable, A> => async () => {
  const result = await attempt(work)()
  if (E.isLeft(result) && result.left.type === 'Unstorable') throw result.left.cause
  return result as E.Either<Unavailable, A>
}
