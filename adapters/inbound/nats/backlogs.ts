import { QUANTUM, type Waiting } from './fair-queue.ts'

type Backlog = Pick<Waiting, 'line' | 'lockGroup' | 'items'>

/** What waits in each line, in all queues together. */
export const backlogs = () => {
  const waiting = new Map<string, number>()
  /** Lines in which more waits than one turn takes, by the locks that they share. */
  const crowded = new Map<number, Set<string>>()
  const change = ({ line, lockGroup }: Backlog, items: number): void => {
    const now = (waiting.get(line) ?? 0) + items
    if (now > 0) waiting.set(line, now)
    else waiting.delete(line)
    const lines = crowded.get(lockGroup)
    if (now > QUANTUM) crowded.set(lockGroup, (lines ?? new Set()).add(line))
    else if (lines?.delete(line) === true && lines.size === 0) crowded.delete(lockGroup)
  }
  return {
    came: (entry: Backlog): void => { change(entry, entry.items) },
    went: (entry: Backlog): void => { change(entry, -entry.items) },
    /**
     * A line of which little waits while others are crowded: it is below its share. Not one that shares its locks with a crowded
     * one: beside that one's batch it would only wait for the locks, and keep them and everybody in its own batch waiting.
     */
    isBelowShare: ({ lockGroup }: Backlog): boolean => crowded.size > 0 && !crowded.has(lockGroup),
  }
}
