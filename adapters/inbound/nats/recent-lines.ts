import { QUANTUM, type Waiting } from './fair-queue.ts'

/** Whoever published within this time counts as waiting: a flood must not fill the gap between two events of a quiet company. */
const RECENT_MS = 1_000

/** What came in since `since`, and in the span of `RECENT_MS` before that. */
interface Line { readonly seenAt: number; readonly since: number; readonly items: number; readonly before: number }

const after = (line: Line | undefined, now: number, items: number): Line => {
  if (line === undefined || now - line.since >= 2 * RECENT_MS) return { seenAt: now, since: now, items, before: 0 }
  if (now - line.since >= RECENT_MS) return { seenAt: now, since: line.since + RECENT_MS, items, before: line.items }
  return { ...line, seenAt: now, items: line.items + items }
}

/** The lines that something came in for lately, and how much; told in order of time, so that forgetting costs nothing. */
export const recentLines = (nowMs: () => number) => {
  const lines = new Map<string, Line>()
  let presentAt = -Infinity
  const forget = (): void => {
    const oldest = nowMs() - RECENT_MS
    for (const [name, { seenAt }] of lines) {
      if (seenAt >= oldest) return
      lines.delete(name)
    }
  }
  return {
    saw: ({ line: name, items, background }: Waiting): void => {
      const line = after(lines.get(name), nowMs(), items)
      lines.delete(name)
      lines.set(name, line)
      if (!background) presentAt = line.seenAt
    },
    count: (): number => {
      forget()
      return lines.size
    },
    /** Something came that is not in the background. */
    isPresent: (): boolean => nowMs() - presentAt <= RECENT_MS,
    /** No more than one turn's worth in a second: what it has waiting now may be little for another reason. */
    isQuiet: (name: string): boolean => {
      const line = lines.get(name)
      return line === undefined || Math.max(line.items, line.before) <= QUANTUM
    },
  }
}
