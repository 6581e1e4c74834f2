import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Unavailable, Unstorable } from '../../../application/ports/unavailable.ts'

/**
 * SQLSTATE classes of a server that is down, full, busy, in our way or a standby (PostgreSQL manual, appendix A; bad inputs
 * E126, E127).
 */
const OUTAGE = /^(08|53|57P|58|40|55P03|25P03|25P04|25006)/
/** Query canceled: the statement's time was up. */
const CANCELED = '57014'
/** Data exception, integrity violation, too complex: the data's own fault (bad inputs E125). */
const DATA = /^(22|23|54)/
const SQLSTATE = /^[0-9A-Z]{5}$/
/** Codes of Node's own errors look like a SQLSTATE when they have five letters: EPIPE. */
const NODE = /^E/
/** What the driver says without a code when the connection broke or stayed silent. */
const BROKEN = /terminated|timeout|timed out|not queryable|ECONN|EPIPE|EHOST|ENOTFOUND|EAI_AGAIN|socket|Cannot use a pool after/i

const property = (cause: Error, name: 'code' | 'constraint'): string => {
  const value: unknown = Reflect.get(cause, name)
  return typeof value === 'string' ? value : ''
}

const sqlStateOf = (cause: Error): string | undefined => {
  const code = property(cause, 'code')
  return SQLSTATE.test(code) && !NODE.test(code) ? code : undefined
}

const isBroken = (cause: Error): boolean => BROKEN.test(`${property(cause, 'code')} ${cause.message}`)

/** Two writers of one version of an aggregate: our lanes have failed, the data have not (design 6). */
const OWN_FAULT = 'event_log_aggregate'

/** The driver's error without message, detail and parameters, which may quote data; the constraint's name is ours. */
const withoutValues = (cause: Error): Error => {
  const code = sqlStateOf(cause)
  const bare = new Error(code === undefined ? 'PostgreSQL does not answer: connection broken or silent' : `PostgreSQL: SQLSTATE ${code}`)
  const trace = (cause.stack ?? '').replace(cause.message, '').split('\n').filter((line) => line.trimStart().startsWith('at '))
  bare.stack = [`${bare.name}: ${bare.message}`, ...trace].join('\n')
  return Object.assign(bare, { code: code ?? property(cause, 'code'), constraint: property(cause, 'constraint') })
}

const failureOf = (cause: Error): Unavailable | Unstorable | undefined => {
  const sqlState = sqlStateOf(cause)
  if (sqlState === undefined) return isBroken(cause) ? { type: 'Unavailable', cause: withoutValues(cause) } : undefined
  if (sqlState === CANCELED) return { type: 'Unavailable', cause: withoutValues(cause), tooMuch: true }
  if (OUTAGE.test(sqlState)) return { type: 'Unavailable', cause: withoutValues(cause) }
  const isOwnFault = !DATA.test(sqlState) || property(cause, 'constraint') === OWN_FAULT
  return isOwnFault ? undefined : { type: 'Unstorable', sqlState, cause: withoutValues(cause) }
}

/** A refusal that is nobody's data and no outage; what the driver did not throw passes as it is. */
const bugOf = (cause: unknown): unknown => (cause instanceof Error && sqlStateOf(cause) !== undefined ? withoutValues(cause) : cause)

/** The only place that turns a driver's error into a value; what it does not know is a bug and rejects. */
export const attempt = <A>(work: () => Promise<A>): TaskEither<Unavailable | Unstorable, A> => async () => {
  try {
    return E.right(await work())
  } catch (cause) {
    const failure = cause instanceof Error ? failureOf(cause) : undefined
    if (failure === undefined) throw bugOf(cause)
    return E.left(failure)
  }
}

/** For statements whose data come from us: that they cannot be stored is a bug. */
export const attemptOwn = <A>(work: () => Promise<A>): TaskEither<Unavailable, A> => async () => {
  const result = await attempt(work)()
  if (E.isRight(result)) return result
  if (result.left.type === 'Unstorable') throw result.left.cause
  return E.left(result.left)
}
