import { comparePositions, type EventLog } from '../../../application/ports/event-log.ts'
import { done } from './done.ts'
import type { MemoryLog } from './memory-log.ts'

/** A transaction takes its place in the log as it commits, so nothing can appear late. */
export const memoryEventLog = ({ facts }: MemoryLog): EventLog => ({
  read: (after, kinds, limit, types) => done(() => {
    const page = facts.filter(({ position }) => comparePositions(position, after) > 0).slice(0, limit)
    const last = page.at(-1)
    const wanted = page.filter(({ kind, event: { type } }) => kinds.includes(kind) && types?.includes(type) !== false)
    return last === undefined ? { facts: wanted } : { facts: wanted, through: { position: last.position, recordedAt: last.recordedAt } }
  }),
  oldestAfter: (after) => done(() => facts.find(({ position }) => comparePositions(position, after) > 0)?.recordedAt),
})
