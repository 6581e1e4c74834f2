import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Instruction } from '../aggregates.ts'
import type { Unavailable, Unstorable } from '../ports/unavailable.ts'
import type { Bug } from '../settlement.ts'
import type { HandleBatch } from './handle-batch.ts'

/** What must succeed or fail together: the instructions of one event, or of one item of a history. */
export type Unit = ReadonlyArray<Instruction>

/** Facts of the unit, or why it alone cannot be applied. */
export type Verdict = { readonly type: 'done'; readonly facts: number } | { readonly type: 'failed'; readonly failure: Unstorable | Bug }

/** Verdict i belongs to unit i; a unit that fails never fails its neighbours. */
export type HandleUnits = (units: ReadonlyArray<Unit>) => TaskEither<Unavailable, ReadonlyArray<Verdict>>

const verdictsOf = (units: ReadonlyArray<Unit>, counts: ReadonlyArray<number>): ReadonlyArray<Verdict> => {
  let next = 0
  return units.map((unit) => {
    const facts = counts.slice(next, next + unit.length).reduce((sum, count) => sum + count, 0)
    next += unit.length
    return { type: 'done', facts }
  })
}

type Caught = E.Either<Unavailable | Unstorable | Bug, ReadonlyArray<number>>

/** The one place where a throw becomes a value. */
const caught = async (handle: HandleBatch, units: ReadonlyArray<Unit>): Promise<Caught> => {
  try {
    return await handle(units.flat())()
  } catch (cause) {
    return E.left({ type: 'Bug', cause })
  }
}

/** Whether fewer at once may fare better: the culprit is among them, or they were too much for one transaction. */
const isDivisible = (failure: Unavailable | Unstorable | Bug): boolean => failure.type !== 'Unavailable' || failure.tooMuch === true

const halved = (handleUnits: HandleUnits, units: ReadonlyArray<Unit>): ReturnType<HandleUnits> => async () => {
  const middle = Math.ceil(units.length / 2)
  const first = await handleUnits(units.slice(0, middle))()
  if (E.isLeft(first)) return first
  const second = await handleUnits(units.slice(middle))()
  return E.isLeft(second) ? second : E.right([...first.right, ...second.right])
}

/** One transaction for all; a batch that fails for a reason of its data is halved until the culprit is alone (design 5). */
export const isolateFaults = (handle: HandleBatch): HandleUnits => {
  const handleUnits: HandleUnits = (units) => async () => {
    const handled = await caught(handle, units)
    if (E.isRight(handled)) return E.right(verdictsOf(units, handled.right))
    const failure = handled.left
    if (units.length > 1 && isDivisible(failure)) return halved(handleUnits, units)()
    return failure.type === 'Unavailable' ? E.left(failure) : E.right(units.map((): Verdict => ({ type: 'failed', failure })))
  }
  return handleUnits
}
