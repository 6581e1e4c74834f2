import { fairQueue, type BatchLimits, type Waiting } from './fair-queue.ts'

const busySlots = () => {
  const busy = new Set<number>()
  const waiting: (() => void)[] = []
  return {
    busy,
    left: (slot: number): void => {
      busy.delete(slot)
      if (busy.size === 0) for (const tell of waiting.splice(0)) tell()
    },
    untilIdle: async (): Promise<void> => { if (busy.size > 0) await new Promise<void>((resolve) => { waiting.push(resolve) }) },
  }
}

/** Slots that each work off their own queue, one batch after the other; what waits in two slots never meets (ADR 0007). */
export const slotWorkers = <T extends Waiting>(slots: number, limits: BatchLimits, workOff: (batch: ReadonlyArray<T>) => Promise<void>) => {
  const queues = Array.from({ length: slots }, () => fairQueue<T>())
  const { busy, untilIdle, left } = busySlots()
  /** How many want that no further batch is taken. */
  let holds = 0

  const next = (slot: number): ReadonlyArray<T> => (holds > 0 ? [] : queues[slot]?.take(limits) ?? [])

  const work = async (slot: number): Promise<void> => {
    for (let batch = next(slot); batch.length > 0; batch = next(slot)) await workOff(batch)
    left(slot)
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
      wake(slot)
    },
    /** Runs something while no batch is in flight; batches go on afterwards. One at a time. */
    apart: async (run: () => Promise<void>): Promise<void> => {
      holds += 1
      await untilIdle()
      await run()
      holds -= 1
      for (const [slot, queue] of queues.entries()) if (queue.waiting() > 0) wake(slot)
    },
    /** Items that wait. */
    waiting: (): number => queues.reduce((sum, queue) => sum + queue.waiting(), 0),
    /** Takes no further batch. */
    stop: (): void => { holds += 1 },
  }
}
