import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Unavailable } from './unavailable.ts'

/** The query ran longer than a reader may (5 s): the caller asks for less; trying again as it is will not help (bad inputs Q36). */
export interface TooSlow { readonly type: 'TooSlow' }

export type Found<A> = TaskEither<Unavailable | TooSlow, A>

/**
 * Where a row stands in its list; both parts exact. `at`: seconds since 1970 unless the list says otherwise, 0 where the
 * row has no time. Ids compare by their UTF-8 bytes, numbers as numbers.
 */
export interface Place { readonly at: number; readonly id: string }

/**
 * Rows strictly after `after` and strictly before `before`, from the end that `from` names. Lists run from the latest
 * place to the earliest.
 */
export interface PageRequest {
  readonly from: 'start' | 'end'
  /** At least 1. */
  readonly size: number
  readonly after?: Place
  readonly before?: Place
}

/** `rows` in the list's order, whichever end they were counted from; `more`: the list goes on in the direction of paging. */
export interface Page<Row> { readonly rows: ReadonlyArray<Row>; readonly more: boolean }
