import type { FailedEventConditions } from '../../../application/ports/failed-event-finder.ts'
import { given } from './conditions.ts'
import type { FailedEventFilter } from './generated/resolver-types.ts'

const MICROS_PER_MS = 1_000

/** Of a time in microseconds since 1970. */
export const toMoment = (micros: number): Date => new Date(micros / MICROS_PER_MS)

/** Names of an enum are written large on the wire and small inside. */
export const toName = <Word extends string>(word: Word): Uppercase<Word> => word.toUpperCase() as Uppercase<Word>

const toWord = <Name extends string>(name: Name): Lowercase<Name> => name.toLowerCase() as Lowercase<Name>

export const toConditions = (filter: FailedEventFilter | null | undefined): FailedEventConditions => {
  const { status, ...rest } = given(filter)
  return { ...rest, ...(status === undefined ? {} : { status: toWord(status) }) }
}
