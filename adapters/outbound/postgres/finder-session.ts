import * as E from 'fp-ts/lib/Either.js'
import type { MikroORM } from '@mikro-orm/postgresql'
import { sql, type RawBuilder } from 'kysely'
import type { Found, TooSlow } from '../../../application/ports/finder-page.ts'
import type { ReadLimits } from '../../../application/ports/finders.ts'
import type { Unavailable } from '../../../application/ports/unavailable.ts'
import type { CompanyId } from '../../../domain/company.ts'
import { attemptOwn } from './attempt.ts'
import { endedWith } from './ended-with.ts'
import { readerEntry } from './in-role.ts'
import { openReadTransaction, type ReadTransaction } from './read-transaction.ts'

/** One read-only transaction in the company's name, opened by the first statement; statements run in the order they are asked for. */
export interface ReadSession {
  readonly companyId: CompanyId
  /** `and <column> is one of the reader's agents`, or nothing where it may see all. */
  readonly within: (column: RawBuilder<unknown>) => RawBuilder<unknown>
  readonly rows: <Row>(query: RawBuilder<Row>) => Found<ReadonlyArray<Row>>
  /** Never rejects: what was read is read. */
  readonly close: () => Promise<void>
}

/** SQLSTATE query_canceled: the statement timeout of a reader. */
const CANCELED = '57014'

const toldApart = (failure: Unavailable): Unavailable | TooSlow =>
  (Reflect.get(failure.cause, 'code') === CANCELED ? { type: 'TooSlow' } : failure)

const GONE: Unavailable = { type: 'Unavailable', cause: new Error('nobody waits for the answer any more') }

const within = (agents: ReadonlyArray<string> | undefined): ReadSession['within'] => (column) =>
  (agents === undefined ? sql`` : sql`and ${column} = any(${[...agents]}::text[])`)

type Failure = Unavailable | TooSlow

/** The first failure is the failure of all that was sent behind it, whatever the server says of those. */
const firstFailure = () => {
  let failure: Failure | undefined
  return {
    known: () => failure,
    judged: async <A>(asked: Promise<E.Either<Unavailable, A>>): Promise<E.Either<Failure, A>> => {
      try {
        const result = await asked
        if (E.isLeft(result)) failure ??= toldApart(result.left)
        return failure === undefined ? result : E.left(failure)
      } catch (bug) {
        if (failure === undefined) throw bug
        return E.left(failure)
      }
    },
  }
}

export const openReadSession = (orm: MikroORM, companyId: CompanyId, { agents, signal }: ReadLimits = {}): ReadSession => {
  const { known, judged } = firstFailure()
  let transaction: ReadTransaction | undefined
  let isClosed = false
  let turn: Promise<unknown> = Promise.resolve()
  return {
    companyId, within: within(agents),
    rows: <Row>(query: RawBuilder<Row>) => async () => {
      if (known() !== undefined || isClosed || signal?.aborted === true) return E.left(known() ?? GONE)
      const { rows } = transaction ??= openReadTransaction(orm, readerEntry(companyId))
      const asked = attemptOwn(() => endedWith(signal, () => rows(query)))()
      asked.catch(() => undefined)
      const answer = turn.then(() => judged(asked))
      turn = answer.catch(() => undefined)
      const result = await answer
      return isClosed ? E.left(GONE) : result
    },
    close: async () => {
      isClosed = true
      await turn
      await transaction?.end()
    },
  }
}
