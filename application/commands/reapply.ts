import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { EventReader, KeptEvent } from '../ports/event-reader.ts'
import type { Unavailable } from '../ports/unavailable.ts'
import type { Failure } from '../settlement.ts'
import type { HandleUnits, Unit, Verdict } from './isolate-faults.ts'

/** What became of a kept event: facts of all its units, or the first failure among them. */
export type Reapplied =
  | { readonly type: 'applied'; readonly facts: number }
  | { readonly type: 'failed'; readonly failure: Exclude<Failure, Unavailable> }

const together = (verdicts: ReadonlyArray<Verdict>): Reapplied => {
  let facts = 0
  for (const verdict of verdicts) {
    if (verdict.type === 'failed') return verdict
    facts += verdict.facts
  }
  return { type: 'applied', facts }
}

/**
 * Kept events through the ordinary handler, in one transaction unless one of them fails: then it fails alone. What was applied
 * before changes nothing, so a second run after a crash is harmless. Answer i belongs to event i.
 */
export const reapply = ({ read }: EventReader, handleUnits: HandleUnits) =>
  (events: ReadonlyArray<KeptEvent>): TE.TaskEither<Unavailable, ReadonlyArray<Reapplied>> => {
    const readings = events.map(read)
    const units = readings.flatMap((reading): ReadonlyArray<Unit> => (E.isRight(reading) ? reading.right : []))
    return pipe(
      units.length === 0 ? TE.right([]) : handleUnits(units),
      TE.map((verdicts) => {
        let next = 0
        return readings.map((reading): Reapplied => {
          if (E.isLeft(reading)) return { type: 'failed', failure: reading.left }
          const own = verdicts.slice(next, next + reading.right.length)
          next += reading.right.length
          return together(own)
        })
      }),
    )
  }
