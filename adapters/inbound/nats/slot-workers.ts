import { fairQueue, type BatchLimits, type Waiting } from './fair-queue.ts'

/** Slots that each work off their own queue, one batch after the other; what waits in two slots never meets (ADR 0007). */
export const slotWorkers = <T extends Waiting>(slots: number, limits: BatchLimits, workOff: (batch: ReadonlyArray<T>) => Promise<void>) => {
  const queues = Array.from({ length: slots }, () => fairQueue<T>())
  const busy = new Set<number>()
  let isStopped = false

  const next = (slot: number): ReadonlyArray<T> => (isStopped ? [] : queues[slot]?.take(limits) ?? [])

  const work = async (slot: number): Promise<void> => {
    for (let batch = next(slot); batch.length > 0; batch = next(slot)) await workOff(batch)
    busy.delete(slot)
  }

  /** Begins at the end of the tick, so that everything that arrived in it makes one batch. */
  const wake = (slot: number): void => {
    if (busy.has(slot)) return
    busy.add(slot)
    setImmediate(() => { void work(slot) })
  }

  return {
    push: (slot: number, entries: ReadonlyArray<T>): void => {
      for (const entry of entries) queues[slot]?.push(entry)
      if (entries.length > 0) wake(slot)
    },
    /** Items that wait. */
    waiting: (): number => queues.reduce((sum, queue) => sum + queue.waiting(), 0),
    /** Takes no further batch. */
    stop: (): void => { isStopped = true },
  }
}
