import type { Delivery } from './delivery.ts'

/** Anything that was delivered; `deliveries` beyond the first say that a process may have died of it. */
interface Delivered { readonly incoming: { readonly delivery: Pick<Delivery, 'deliveries'> } }

/** By how much a group shrinks with each delivery. A half would do too, but each step costs a death and an `ack_wait` (ADR 0011). */
const SHRINK = 10

/** How many events delivered so often may run together: a tenth for each delivery after the first, in the end each alone. */
const groupSize = (deliveries: number, maxItems: number): number => Math.max(1, Math.floor(maxItems / SHRINK ** (deliveries - 1)))

/** The next group: as many from the front as the most often delivered of them allows. */
const cutOff = <T extends Delivered>(waiting: T[], maxItems: number): ReadonlyArray<T> => {
  let most = maxItems
  const end = waiting.findIndex(({ incoming }, i) => {
    most = Math.min(most, groupSize(incoming.delivery.deliveries, maxItems))
    return i > 0 && i >= most
  })
  return waiting.splice(0, end < 0 ? waiting.length : end)
}

export interface SuspectOptions<T> {
  readonly maxItems: number
  /** Everything the group led to is committed when it resolves. */
  readonly runTogether: (group: ReadonlyArray<T>) => Promise<void>
  /** As above, with the attempt counted before it begins. */
  readonly runAlone: (one: T) => Promise<void>
}

/**
 * Events that come again: the process may have died of one of them, in decoding as well as in applying. They run apart from
 * fresh ones, one group after the other, in ever smaller groups, so that the culprit is alone in the end (design 8).
 */
export const suspects = <T extends Delivered>({ maxItems, runTogether, runAlone }: SuspectOptions<T>) => {
  const waiting: T[] = []
  let isBusy = false
  let isStopped = false

  const work = async (): Promise<void> => {
    while (waiting.length > 0 && !isStopped) {
      const group = cutOff(waiting, maxItems)
      const [one] = group
      if (one !== undefined && groupSize(one.incoming.delivery.deliveries, maxItems) === 1) await runAlone(one)
      else await runTogether(group)
    }
    isBusy = false
  }

  return {
    push: (one: T): void => {
      waiting.push(one)
      if (isBusy) return
      isBusy = true
      setImmediate(() => { void work() })
    },
    waiting: (): number => waiting.length,
    stop: (): void => { isStopped = true },
  }
}
