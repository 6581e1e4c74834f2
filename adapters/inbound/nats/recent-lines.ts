/** Whoever published within this time counts as waiting: a flood must not fill the gap between two events of a quiet company. */
const RECENT_MS = 1_000

/** The lines that something came in for lately; told in order of time, so that forgetting costs nothing. */
export const recentLines = (nowMs: () => number) => {
  const seenAt = new Map<string, number>()
  const forget = (): void => {
    const oldest = nowMs() - RECENT_MS
    for (const [line, at] of seenAt) {
      if (at >= oldest) return
      seenAt.delete(line)
    }
  }
  return {
    saw: (line: string): void => {
      seenAt.delete(line)
      seenAt.set(line, nowMs())
    },
    count: (): number => {
      forget()
      return seenAt.size
    },
  }
}
