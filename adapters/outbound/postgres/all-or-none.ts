import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'

/** Carries a failure of the work through the driver's transaction, which rolls back on a throw. */
class Cut extends Error {
  readonly failure: unknown
  constructor(failure: unknown) {
    super('the work of a transaction failed')
    this.failure = failure
  }
}

type Open<Tx> = <A>(work: (tx: Tx) => Promise<A>) => Promise<A>

/** `work` in the transaction that `open` opens: its left is the answer, and rolls back; a throw rolls back and rejects. */
export const allOrNone = <Tx, Err, A>(open: Open<Tx>, work: (tx: Tx) => TaskEither<Err, A>): Promise<E.Either<Err, A>> =>
  open(async (tx): Promise<E.Either<Err, A>> => {
    const result = await work(tx)()
    if (E.isLeft(result)) throw new Cut(result.left)
    return result
  }).catch((cause: unknown) => {
    if (cause instanceof Cut) return E.left(cause.failure as Err)
    throw cause
  })
