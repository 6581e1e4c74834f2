/**
 * Something that waits for a batch in its line (a company's realtime events, or its histories); lines get turns by
 * weight, 1 or more. `items` and `bytes` count against the batch's limits.
 */
export interface Waiting { readonly line: string; readonly weight: number; readonly items: number; readonly bytes: number }

export interface BatchLimits { readonly maxItems: number; readonly maxBytes: number }

/** Items a line of weight 1 may put into a batch before the next line's turn. */
const QUANTUM = 32

/** Items a line of weight 1 may put into a batch at all while others wait: about 20 ms of work (design 4). */
const SHARE = 200

interface Line<T> { readonly entries: T[]; head: number; weight: number }

const COMPACT_FROM = 1_024

const shift = <T>(line: Line<T>): void => {
  line.head += 1
  if (line.head >= COMPACT_FROM && line.head * 2 > line.entries.length) {
    line.entries.splice(0, line.head)
    line.head = 0
  }
}

interface Filling<T> { readonly batch: T[]; items: number; bytes: number }

/** One turn of a line: up to `most` items. An entry larger than all limits goes alone. False when the next one does not fit any more. */
const turn = <T extends Waiting>(line: Line<T>, most: number, filling: Filling<T>): boolean => {
  let left = most
  for (let entry = line.entries[line.head]; entry !== undefined && left > 0; entry = line.entries[line.head]) {
    const fits = entry.items <= filling.items && entry.bytes <= filling.bytes
    if (!fits && filling.batch.length > 0) return false
    shift(line)
    filling.batch.push(entry)
    left -= entry.items
    filling.items -= entry.items
    filling.bytes -= entry.bytes
  }
  return true
}

/** Whether the line may go on in this batch, where it stands now, and what it has put in so far. */
const serve = <T extends Waiting>(line: Line<T>, taken: number, share: number, filling: Filling<T>) => {
  const before = filling.items
  const went = turn(line, Math.min(QUANTUM * line.weight, share * line.weight - taken), filling)
  const total = taken + before - filling.items
  return { went, total, isEmpty: line.head >= line.entries.length, goesOn: went && total < share * line.weight }
}

/** Fills a batch by turns; lines are left in the order of the next round, empty ones out of it. */
const fill = <T extends Waiting>(lines: Map<string, Line<T>>, { maxItems, maxBytes }: BatchLimits): ReadonlyArray<T> => {
  const filling: Filling<T> = { batch: [], items: maxItems, bytes: maxBytes }
  const share = lines.size > 1 ? SHARE : Infinity
  const taken = new Map<string, number>()
  const served: [string, Line<T>][] = []
  for (let next = lines.entries().next(); !next.done && filling.items > 0; next = lines.entries().next()) {
    const [name, line] = next.value
    lines.delete(name)
    const { went, total, isEmpty, goesOn } = serve(line, taken.get(name) ?? 0, share, filling)
    taken.set(name, total)
    if (goesOn && !isEmpty) lines.set(name, line)
    else if (!isEmpty) served.push([name, line])
    if (!went) break
  }
  for (const [name, line] of served) lines.set(name, line)
  return filling.batch
}

/**
 * Lines, each first in, first out; a batch is filled by turns, so that a company with a flood fills only what others
 * leave free, and is held to its share while they wait. Who was served last begins the next batch last.
 */
export const fairQueue = <T extends Waiting>() => {
  const lines = new Map<string, Line<T>>()
  let waiting = 0
  return {
    push: (entry: T): void => {
      const line = lines.get(entry.line) ?? { entries: [], head: 0, weight: entry.weight }
      lines.set(entry.line, line)
      line.weight = entry.weight
      line.entries.push(entry)
      waiting += entry.items
    },
    /** At most what the limits allow; one entry that is larger than all of them goes alone. Empty when nothing waits. */
    take: (limits: BatchLimits): ReadonlyArray<T> => {
      const batch = fill(lines, limits)
      for (const { items } of batch) waiting -= items
      return batch
    },
    /** Items that wait. */
    waiting: (): number => waiting,
  }
}
