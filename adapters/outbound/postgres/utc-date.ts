const SECONDS_PER_DAY = 86_400
const MS_PER_SECOND = 1_000
const MOST_KNOWN = 1_000

/** Messages come from few days, and a date takes longer to write than to look up. */
const known = new Map<number, string>()

/** `YYYY-MM-DD` in UTC of epoch seconds; years up to 9999 (contract 2.6). */
export const utcDate = (seconds: number): string => {
  const day = Math.floor(seconds / SECONDS_PER_DAY)
  const date = known.get(day) ?? new Date(day * SECONDS_PER_DAY * MS_PER_SECOND).toISOString().slice(0, 10)
  if (known.size >= MOST_KNOWN) known.clear()
  known.set(day, date)
  return date
}
