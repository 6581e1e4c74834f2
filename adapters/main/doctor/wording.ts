const MOST_NAMED = 5
const SECONDS = { minute: 60, hour: 3_600, day: 86_400 } as const

/** The first few of many names. */
export const someOf = (names: ReadonlyArray<string>): string =>
  (names.length <= MOST_NAMED ? names.join(', ') : `${names.slice(0, MOST_NAMED).join(', ')} and ${names.length - MOST_NAMED} more`)

/** As a person says it: "40 s", "3 min", "5 h", "12 days". */
export const inWords = (seconds: number): string => {
  if (seconds < 2 * SECONDS.minute) return `${Math.round(seconds)} s`
  if (seconds < 2 * SECONDS.hour) return `${Math.round(seconds / SECONDS.minute)} min`
  return seconds < 2 * SECONDS.day ? `${Math.round(seconds / SECONDS.hour)} h` : `${Math.round(seconds / SECONDS.day)} days`
}

export const count = (many: number, one: string, more = `${one}s`): string => `${many} ${many === 1 ? one : more}`
