import { backlogs } from './backlogs.ts'
import { fairQueue, type Allowance, type BatchSize, type Shares, type Waiting } from './fair-queue.ts'
import { pace } from './pace.ts'
import { recentLines } from './recent-lines.ts'

export interface SlotOptions<T> extends BatchSize {
  readonly slots: number
  readonly nowMs: () => number
  /** The limit of an entry's line, if it has one. */
  readonly allowanceOf: (entry: T) => Allowance | undefined
}

/**
 * The queues of the slots, and one more: that of a batch reserved for companies below their share, so that they need not
 * wait for a flood's batch to end (design 4). Who has little waiting, and had little lately, while others, of other locks, are crowded
 * goes there; the lane locks keep it from meeting a slot's batch (ADR 0007, 0013). Not who has little for the moment only: where all
 * flood alike, most would pass through that one batch, and the slots would wait for its locks (measured: half of all time, ADR 0019).
 */
export const sharedQueues = <T extends Waiting>({ slots, maxItems, maxBytes, nowMs, allowanceOf }: SlotOptions<T>) => {
  const queues = Array.from({ length: slots + 1 }, () => fairQueue<T>(allowanceOf))
  const [waiting, recent, { measured, share }] = [backlogs(), recentLines(nowMs), pace()]
  /** A line is held to its share while others are about, the background, all together, while anything else is (ADR 0013). */
  const shares = (): Shares => ({ share: recent.count() > 1 ? share() : Infinity, background: recent.isPresent() ? share() : Infinity })
  return {
    /** Answers the queue that the entry went to. */
    push: (slot: number, entry: T): number => {
      recent.saw(entry)
      const queue = !entry.background && recent.isQuiet(entry.line) && waiting.isBelowShare(entry) ? slots : slot
      waiting.came(entry)
      queues[queue]?.push(entry)
      return queue
    },
    take: (queue: number): ReadonlyArray<T> => {
      const batch = queues[queue]?.take({ maxItems, maxBytes, ...shares() }) ?? []
      for (const entry of batch) waiting.went(entry)
      return batch
    },
    /** Works off a batch and notes how long that took. */
    timed: async (batch: ReadonlyArray<T>, workOff: (batch: ReadonlyArray<T>) => Promise<void>): Promise<void> => {
      const begun = nowMs()
      await workOff(batch)
      measured(batch.reduce((sum, { items }) => sum + items, 0), nowMs() - begun)
    },
    /** Until something in it may go; undefined when nothing waits. */
    readyInMs: (queue: number): number | undefined => {
      const asked = queues[queue]
      return asked === undefined || asked.waiting() === 0 ? undefined : asked.readyInMs()
    },
    all: queues.map((_, queue) => queue),
    waiting: (): number => queues.reduce((sum, queue) => sum + queue.waiting(), 0),
  }
}
