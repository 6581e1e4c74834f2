/** Levenshtein distance, one row at a time. */
const distance = (a: string, b: string): number => {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const substituted = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      row.push(Math.min(substituted, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1))
    }
    previous = row
  }
  return previous[b.length] ?? 0
}

/** The candidate that takes the fewest edits: what somebody who mistyped `name` most likely meant. */
export const nearest = (name: string, candidates: ReadonlyArray<string>): string =>
  candidates.reduce((best, candidate) => (distance(name, candidate) < distance(name, best) ? candidate : best), candidates[0] ?? name)
