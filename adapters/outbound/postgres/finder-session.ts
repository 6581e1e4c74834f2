import * as E from 'fp-ts/lib/Either.js'
import type { MikroORM } from '@mikro-orm/postgresql'
import { sql, type RawBuilder } from 'kysely'
import type { Found, TooSlow } from '../../../application/ports/finder-page.ts'
import type { ReadLimits } from '../../../application/ports/finders.ts'
import type { Unavailable } from '../../../application/ports/unavailable.ts'
import type { CompanyId } from '../../../domain/company.ts'
import { attemptOwn } from './attempt.ts'
import { endedWith } from './ended-with.ts'
import { asReader, type Database } from './in-role.ts'

/** One read-only transaction in the company's name, opened by the first statement; statements run one after the other. */
export interface ReadSession {
  readonly companyId: CompanyId
  /** `and <column> is one of the reader's agents`, or nothing where it may see all. */
  readonly within: (column: RawBuilder<unknown>) => RawBuilder<unknown>
  readonly rows: <Row>(query: RawBuilder<Row>) => Found<ReadonlyArray<Row>>
  /** Never rejects: what was read is read. */
  readonly close: () => Promise<void>
}

interface OpenTransaction { readonly tx: Promise<Database>; readonly end: () => Promise<void> }

/** Keeps the transaction open between statements, which `asReader` alone would end with its work. */
const begin = (orm: MikroORM, companyId: CompanyId): OpenTransaction => {
  const tx = Promise.withResolvers<Database>()
  const done = Promise.withResolvers<void>()
  const ended = asReader(orm, companyId, (opened) => {
    tx.resolve(opened)
    return done.promise
  }).catch(tx.reject)
  return { tx: tx.promise, end: () => {
    done.resolve()
    return ended
  } }
}

/** SQLSTATE query_canceled: the statement timeout of a reader. */
const CANCELED = '57014'

const toldApart = (failure: Unavailable): Unavailable | TooSlow =>
  (Reflect.get(failure.cause, 'code') === CANCELED ? { type: 'TooSlow' } : failure)

const GONE: Unavailable = { type: 'Unavailable', cause: new Error('nobody waits for the answer any more') }

const within = (agents: ReadonlyArray<string> | undefined): ReadSession['within'] => (column) =>
  (agents === undefined ? sql`` : sql`and ${column} = any(${[...agents]}::text[])`)

export const openReadSession = (orm: MikroORM, companyId: CompanyId, { agents, signal }: ReadLimits = {}): ReadSession => {
  let transaction: OpenTransaction | undefined
  let failure: Unavailable | TooSlow | undefined
  let isClosed = false
  let turn: Promise<unknown> = Promise.resolve()
  const run = async <Row>(query: RawBuilder<Row>): Promise<E.Either<Unavailable | TooSlow, ReadonlyArray<Row>>> => {
    if (failure !== undefined) return E.left(failure)
    if (isClosed || signal?.aborted === true) return E.left(GONE)
    transaction ??= begin(orm, companyId)
    const { tx } = transaction
    const result = await attemptOwn(async () => endedWith(signal, async () => (await query.execute(await tx)).rows))()
    if (E.isRight(result)) return result
    failure = toldApart(result.left)
    return E.left(failure)
  }
  return {
    companyId, within: within(agents),
    rows: (query) => () => {
      const answer = turn.then(() => run(query))
      turn = answer.catch(() => undefined)
      return answer
    },
    close: async () => {
      isClosed = true
      await turn
      await transaction?.end()
    },
  }
}
