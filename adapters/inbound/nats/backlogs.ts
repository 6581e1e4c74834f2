import { QUANTUM } from './fair-queue.ts'

/** What waits in each line, in all queues together. */
export const backlogs = () => {
  const waiting = new Map<string, number>()
  /** Lines in which more waits than one turn takes. */
  const crowded = new Set<string>()
  const change = (line: string, items: number): void => {
    const now = (waiting.get(line) ?? 0) + items
    if (now > 0) waiting.set(line, now)
    else waiting.delete(line)
    if (now > QUANTUM) crowded.add(line)
    else crowded.delete(line)
  }
  return {
    came: change,
    went: (line: string, items: number): void => { change(line, -items) },
    /** A line of which little waits, while others are crowded: it is below its share. */
    isBelowShare: (line: string): boolean => crowded.size > 0 && !crowded.has(line),
  }
}
