import type { Waiting } from './fair-queue.ts'
import { sharedQueues, type SlotOptions } from './shared-queues.ts'

const busySlots = () => {
  const busy = new Set<number>()
  const waiting: (() => void)[] = []
  return {
    /** False when it is busy already. */
    enter: (slot: number): boolean => !busy.has(slot) && busy.add(slot).has(slot),
    left: (slot: number): void => {
      busy.delete(slot)
      if (busy.size === 0) for (const tell of waiting.splice(0)) tell()
    },
    untilIdle: async (): Promise<void> => { if (busy.size > 0) await new Promise<void>((resolve) => { waiting.push(resolve) }) },
  }
}

/** Each rings once, after its time; ringing again before that is the same ring. */
const alarms = (ring: (queue: number) => void) => {
  const set = new Map<number, NodeJS.Timeout>()
  return (queue: number, inMs: number): void => {
    if (set.has(queue)) return
    set.set(queue, setTimeout(() => {
      set.delete(queue)
      ring(queue)
    }, inMs).unref())
  }
}

type WorkOff<T> = (batch: ReadonlyArray<T>) => Promise<void>

/** Batches worked on side by side, one of each queue; what waits in two slots never meets (ADR 0007). */
export const slotWorkers = <T extends Waiting>(options: SlotOptions<T>, workOff: WorkOff<T>) => {
  const queues = sharedQueues(options)
  const { enter, untilIdle, left } = busySlots()
  /** How many want that no further batch is taken. */
  let holds = 0

  const next = (queue: number): ReadonlyArray<T> => (holds > 0 ? [] : queues.take(queue))

  const work = async (queue: number): Promise<void> => {
    for (let batch = next(queue); batch.length > 0; batch = next(queue)) await queues.timed(batch, workOff)
    left(queue)
    resume(queue)
  }

  /** Begins at the end of the tick, so that everything that arrived in it makes one batch. */
  const wake = (queue: number): void => { if (enter(queue)) setImmediate(() => { void work(queue) }) }
  const wakeIn = alarms(wake)

  /** What a company's own limit held back is taken up when that lets it. */
  const resume = (queue: number): void => {
    const readyInMs = holds > 0 ? undefined : queues.readyInMs(queue)
    if (readyInMs !== undefined) wakeIn(queue, readyInMs)
  }

  return {
    push: (slot: number, entries: ReadonlyArray<T>): void => { for (const entry of entries) wake(queues.push(slot, entry)) },
    /** Runs something while no batch is in flight; batches go on afterwards. One at a time. */
    apart: async (run: () => Promise<void>): Promise<void> => {
      holds += 1
      await untilIdle()
      await run()
      holds -= 1
      for (const queue of queues.all) resume(queue)
    },
    /** Items that wait. */
    waiting: queues.waiting,
    /** Takes no further batch. */
    stop: (): void => { holds += 1 },
  }
}
