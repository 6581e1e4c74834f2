import type { PageRequest, Place } from '../../../application/ports/finder-page.ts'
import { refusal } from './refusals.ts'

/** Relay's arguments; null is as good as absent. */
export interface PageArguments {
  readonly first?: number | null
  readonly after?: string | null
  readonly last?: number | null
  readonly before?: string | null
}

const DEFAULT_SIZE = 20
const MOST_ROWS_OF_A_PAGE = 100

const checkedSize = (size: number): number => {
  if (size >= 1 && size <= MOST_ROWS_OF_A_PAGE) return size
  throw refusal('BAD_USER_INPUT', `A page has 1 to ${MOST_ROWS_OF_A_PAGE} rows.`)
}

/** How many rows, from which end. Throws `BAD_USER_INPUT` (design 7, bad inputs Q10). */
export const pageSize = ({ first, last }: PageArguments): Pick<PageRequest, 'from' | 'size'> => {
  if (typeof first === 'number' && typeof last === 'number') throw refusal('BAD_USER_INPUT', 'Give first or last, not both.')
  return typeof last === 'number' ? { from: 'end', size: checkedSize(last) } : { from: 'start', size: checkedSize(first ?? DEFAULT_SIZE) }
}

/** `placeOf` reads a cursor and throws `BAD_CURSOR`. */
export const pageRequest = (args: PageArguments, placeOf: (cursor: string) => Place): PageRequest => ({
  ...pageSize(args),
  ...(typeof args.after === 'string' ? { after: placeOf(args.after) } : {}),
  ...(typeof args.before === 'string' ? { before: placeOf(args.before) } : {}),
})
