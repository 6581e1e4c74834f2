import type { Page, PageRequest, Place } from '../../../application/ports/finder-page.ts'

/** By their bytes, as PostgreSQL's collation "C" does. */
export const compareIds = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b))

/** Latest first. */
const compare = (a: Place, b: Place): number => b.at - a.at || compareIds(b.id, a.id)

export const pageOf = <View>(
  views: ReadonlyArray<View>, placeOf: (view: View) => Place, { from, size, after, before }: PageRequest,
): Page<View> => {
  const rows = views.filter((view) => (after === undefined || compare(after, placeOf(view)) < 0)
      && (before === undefined || compare(placeOf(view), before) < 0))
    .sort((a, b) => compare(placeOf(a), placeOf(b)))
  return { rows: from === 'start' ? rows.slice(0, size) : rows.slice(-size), more: rows.length > size }
}

/** An absent condition lets everything through. */
export const meets = <T>(condition: T | undefined, value: T | undefined): boolean => condition === undefined || condition === value
