import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { EventReader, FailedItem, KeptEvent, ReadAsDelivered } from '../ports/event-reader.ts'
import type { Unavailable } from '../ports/unavailable.ts'
import type { Failure } from '../settlement.ts'
import type { HandleUnits, Unit, Verdict } from './isolate-faults.ts'

type Failed = { readonly type: 'failed'; readonly failure: Exclude<Failure, Unavailable> }

/** What became of a kept event: facts of all its units, or the first failure among them. */
export type Reapplied = { readonly type: 'applied'; readonly facts: number } | Failed

/** As above, but that items of a history may have failed alone. */
export type Redelivered = { readonly type: 'applied'; readonly failedItems: ReadonlyArray<FailedItem> } | Failed

const together = (verdicts: ReadonlyArray<Verdict>): Reapplied => {
  let facts = 0
  for (const verdict of verdicts) {
    if (verdict.type === 'failed') return verdict
    facts += verdict.facts
  }
  return { type: 'applied', facts }
}

const itemByItem = ({ units, invalidItems, bodyOfItem }: ReadAsDelivered, verdicts: ReadonlyArray<Verdict>): Redelivered => {
  const failedItems = [...invalidItems]
  for (const [i, verdict] of verdicts.entries()) {
    if (verdict.type === 'done') continue
    const item = units[i]?.[0]?.cause.item ?? 0
    const body = bodyOfItem(item)
    if (body === undefined) return verdict
    failedItems.push({ item, body, failure: verdict.failure })
  }
  return { type: 'applied', failedItems }
}

type Reading<R> = E.Either<Failed['failure'], R>

interface Ways<R, A> {
  readonly read: (event: KeptEvent) => Reading<R>
  readonly unitsOf: (reading: R) => ReadonlyArray<Unit>
  readonly conclude: (reading: R, verdicts: ReadonlyArray<Verdict>) => A
}

/** Units of one transaction, as in a batch of fresh events: a history has up to 10,000 items, and many may come back at once. */
const MOST_UNITS = 1_000

const inPortions = (handleUnits: HandleUnits): HandleUnits => (units) => async () => {
  const verdicts: Verdict[] = []
  for (let i = 0; i < units.length; i += MOST_UNITS) {
    const portion = await handleUnits(units.slice(i, i + MOST_UNITS))()
    if (E.isLeft(portion)) return portion
    verdicts.push(...portion.right)
  }
  return E.right(verdicts)
}

/**
 * Kept events through the ordinary handler, many in one transaction unless one of them fails: then it fails alone. What was applied
 * before changes nothing, so a second run after a crash is harmless. Answer i belongs to event i.
 */
const reapplying = <R, A>({ read, unitsOf, conclude }: Ways<R, A>, handleUnits: HandleUnits) =>
  (events: ReadonlyArray<KeptEvent>): TE.TaskEither<Unavailable, ReadonlyArray<A | Failed>> => {
    const readings = events.map(read)
    const units = readings.flatMap((reading): ReadonlyArray<Unit> => (E.isRight(reading) ? unitsOf(reading.right) : []))
    return pipe(
      inPortions(handleUnits)(units),
      TE.map((verdicts) => {
        let next = 0
        return readings.map((reading): A | Failed => {
          if (E.isLeft(reading)) return { type: 'failed', failure: reading.left }
          const own = verdicts.slice(next, next + unitsOf(reading.right).length)
          next += own.length
          return conclude(reading.right, own)
        })
      }),
    )
  }

/** An event wholly or not at all: what an operator replays. */
export const reapply = ({ read }: EventReader, handleUnits: HandleUnits) =>
  reapplying({ read, unitsOf: (units) => units, conclude: (_, verdicts) => together(verdicts) }, handleUnits)

/** As its delivery would have been: what the worker retries. */
export const redeliver = ({ readAsDelivered }: EventReader, handleUnits: HandleUnits) =>
  reapplying({ read: readAsDelivered, unitsOf: ({ units }) => units, conclude: itemByItem }, handleUnits)
