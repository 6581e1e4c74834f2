import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { EventReader, KeptEvent } from '../ports/event-reader.ts'
import type { ReplayChange } from '../ports/replay-queue.ts'
import type { Unavailable } from '../ports/unavailable.ts'
import type { Failure } from '../settlement.ts'
import type { RehearseBatch } from './rehearse-batch.ts'

export type Rehearsal = E.Either<Exclude<Failure, Unavailable>, ReadonlyArray<ReplayChange>>

/** A kept event through the ordinary handler, rolled back: what would change, or why it would fail again. */
export const rehearse = ({ read }: EventReader, rehearseBatch: RehearseBatch) =>
  (event: KeptEvent): TaskEither<Unavailable, Rehearsal> => async () => {
    const reading = read(event)
    if (E.isLeft(reading)) return E.right(reading)
    try {
      const rehearsed = await rehearseBatch(reading.right.flat())()
      if (E.isRight(rehearsed)) return E.right(rehearsed)
      const { left } = rehearsed
      return left.type === 'Unavailable' ? E.left(left) : E.right(E.left(left))
    } catch (cause) {
      return E.right(E.left({ type: 'Bug', cause }))
    }
  }
