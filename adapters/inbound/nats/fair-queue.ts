/** Something that waits for a batch; `items` and `bytes` count against the batch's limits. */
export interface Waiting { readonly companyId: string; readonly items: number; readonly bytes: number }

export interface BatchLimits { readonly maxItems: number; readonly maxBytes: number }

/** Items a company of weight 1 may put into a batch before the next company's turn. */
const QUANTUM = 32

interface Line<T> { readonly entries: T[]; head: number; weight: number }

const COMPACT_FROM = 1_024

const shift = <T>(line: Line<T>): T | undefined => {
  const entry = line.entries[line.head]
  if (entry === undefined) return undefined
  line.head += 1
  if (line.head >= COMPACT_FROM && line.head * 2 > line.entries.length) {
    line.entries.splice(0, line.head)
    line.head = 0
  }
  return entry
}

/**
 * One line per company, first in, first out; a batch is filled by turns, `QUANTUM` items times weight a turn, so that a
 * company with a flood fills only what others leave free. The company after the last one served begins the next batch.
 */
export const fairQueue = <T extends Waiting>(weightOf: (companyId: string) => number = () => 1) => {
  const lines = new Map<string, Line<T>>()
  let waiting = 0

  const push = (entry: T): void => {
    const line = lines.get(entry.companyId) ?? { entries: [], head: 0, weight: weightOf(entry.companyId) }
    lines.set(entry.companyId, line)
    line.entries.push(entry)
    waiting += entry.items
  }

  /** Takes one turn of a company; at least one entry if the batch is still empty, however large. */
  const turn = (line: Line<T>, batch: T[], room: { items: number; bytes: number }): void => {
    let share = QUANTUM * line.weight
    for (let entry = line.entries[line.head]; entry !== undefined && share > 0; entry = line.entries[line.head]) {
      const fits = entry.items <= room.items && entry.bytes <= room.bytes
      if (!fits && batch.length > 0) { room.items = 0; return }
      shift(line)
      batch.push(entry)
      share -= entry.items
      room.items -= entry.items
      room.bytes -= entry.bytes
      waiting -= entry.items
    }
  }

  /** Moves the company to the end of the round, or out of it when its line is empty. */
  const requeue = (companyId: string, line: Line<T>): void => {
    lines.delete(companyId)
    if (line.head < line.entries.length) lines.set(companyId, line)
  }

  const take = ({ maxItems, maxBytes }: BatchLimits): ReadonlyArray<T> => {
    const batch: T[] = []
    const room = { items: maxItems, bytes: maxBytes }
    while (room.items > 0 && room.bytes > 0) {
      const next = lines.entries().next()
      if (next.done === true) break
      const [companyId, line] = next.value
      turn(line, batch, room)
      requeue(companyId, line)
    }
    return batch
  }

  return { push, take, waiting: () => waiting }
}

export type FairQueue<T extends Waiting> = ReturnType<typeof fairQueue<T>>
