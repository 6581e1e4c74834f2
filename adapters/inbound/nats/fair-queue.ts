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

type Lines<T> = Map<string, Line<T>>

/** A round: each line gets a turn, over all rounds at most `share` items times weight. `lines` keeps those that may go on. */
const round = <T extends Waiting>(lines: Lines<T>, share: number, filling: Filling<T>, taken: Map<string, number>): Lines<T> => {
  const resting: Lines<T> = new Map()
  for (const [name, line] of [...lines]) {
    if (filling.items <= 0) break
    const before = filling.items
    const had = taken.get(name) ?? 0
    const went = turn(line, Math.min(QUANTUM * line.weight, share * line.weight - had), filling)
    const has = had + before - filling.items
    taken.set(name, has)
    lines.delete(name)
    if (line.head < line.entries.length) (went && has < share * line.weight ? lines : resting).set(name, line)
    if (!went) filling.items = 0
  }
  return resting
}

/** Fills a batch by rounds; lines are left in the order of the next batch, empty ones out of it. */
const fill = <T extends Waiting>(lines: Lines<T>, { maxItems, maxBytes }: BatchLimits): ReadonlyArray<T> => {
  const filling: Filling<T> = { batch: [], items: maxItems, bytes: maxBytes }
  const share = lines.size > 1 ? SHARE : Infinity
  const taken = new Map<string, number>()
  const resting: [string, Line<T>][] = []
  while (lines.size > 0 && filling.items > 0) resting.push(...round(lines, share, filling, taken))
  for (const [name, line] of resting) lines.set(name, line)
  return filling.batch
}

/**
 * Lines, each first in, first out; a batch is filled by turns, so that a company with a flood fills only what others
 * leave free, and is held to its share while they wait. Who was served last begins the next batch last.
 */
export const fairQueue = <T extends Waiting>() => {
  const lines: Lines<T> = new Map()
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
