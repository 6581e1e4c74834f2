type Given<T> = { readonly [K in keyof T]?: NonNullable<T[K]> }

/** What is left of a filter without its nulls, which mean "whatever". */
export const given = <T extends object>(filter: T | null | undefined): Given<T> =>
  Object.fromEntries(Object.entries(filter ?? {}).filter(([, value]) => value !== null && value !== undefined)) as Given<T>

const MS_PER_SECOND = 1_000

/** The first whole second at or after it: what `from` includes and `before` excludes when rows have whole seconds. */
export const toSeconds = (date: Date): number => Math.ceil(date.getTime() / MS_PER_SECOND)

export const toDate = (seconds: number): Date => new Date(seconds * MS_PER_SECOND)
