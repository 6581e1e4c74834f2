/**
 * Something that waits for a batch in its line (a company's realtime events, or its histories); lines get turns by
 * weight, 1 or more. `items` and `bytes` count against the batch's limits. What is in the background fills what is left.
 */
export interface Waiting {
  readonly line: string
  /** Batches with entries of the same group wait for each other's locks, those of others do not (`lockGroupOf`). */
  readonly lockGroup: number
  readonly weight: number
  readonly items: number
  readonly bytes: number
  readonly background: boolean
}

export interface BatchSize { readonly maxItems: number; readonly maxBytes: number }

/** Items: `share`, that a line of weight 1 may put into a batch while others are about; `background`, of all that is in it together. */
export interface Shares { readonly share: number; readonly background: number }

export type BatchLimits = BatchSize & Shares

/** What a line may pass of its own limit, if it has one. */
export interface Allowance { readonly left: () => number; readonly spend: (items: number) => void; readonly readyInMs: () => number }

/** Items a line of weight 1 may put into a batch before the next line's turn; the least that the background gets of each batch. */
export const QUANTUM = 32

interface Line<T> { readonly entries: T[]; head: number; weight: number; readonly allowance: Allowance | undefined }

const COMPACT_FROM = 1_024

const shift = <T>(line: Line<T>): void => {
  line.head += 1
  if (line.head >= COMPACT_FROM && line.head * 2 > line.entries.length) {
    line.entries.splice(0, line.head)
    line.head = 0
  }
}

interface Filling<T> { readonly batch: T[]; items: number; bytes: number }

const mayPass = ({ allowance }: Line<unknown>): number => allowance?.left() ?? Infinity

/** One turn of a line: up to `most` items. An entry larger than all limits goes alone. False when the next one does not fit any more. */
const turn = <T extends Waiting>(line: Line<T>, most: number, filling: Filling<T>): boolean => {
  let left = Math.min(most, mayPass(line))
  for (let entry = line.entries[line.head]; entry !== undefined && left > 0; entry = line.entries[line.head]) {
    const fits = entry.items <= filling.items && entry.bytes <= filling.bytes
    if (!fits && filling.batch.length > 0) return false
    shift(line)
    filling.batch.push(entry)
    line.allowance?.spend(entry.items)
    left -= entry.items
    filling.items -= entry.items
    filling.bytes -= entry.bytes
  }
  return true
}

type Lines<T> = Map<string, Line<T>>

/** A line that still has entries goes on in this batch while it stays below its share and its own limit. */
const goesOn = (line: Line<unknown>, has: number, share: number): boolean => has < share * line.weight && mayPass(line) > 0

/** A round: each line gets a turn, over all rounds at most `share` items times weight. `lines` keeps those that may go on. */
const round = <T extends Waiting>(lines: Lines<T>, share: number, filling: Filling<T>, taken: Map<string, number>): Lines<T> => {
  const resting: Lines<T> = new Map()
  for (const [name, line] of [...lines]) {
    if (filling.items <= 0) break
    const [before, had] = [filling.items, taken.get(name) ?? 0]
    const went = turn(line, Math.min(QUANTUM * line.weight, share * line.weight - had), filling)
    const has = had + before - filling.items
    taken.set(name, has)
    lines.delete(name)
    if (line.head < line.entries.length) (went && goesOn(line, has, share) ? lines : resting).set(name, line)
    if (!went) filling.items = 0
  }
  return resting
}

/** Fills by rounds; lines are left in the order of the next batch, empty ones out of it. */
const fill = <T extends Waiting>(lines: Lines<T>, share: number, filling: Filling<T>): void => {
  const taken = new Map<string, number>()
  const resting: [string, Line<T>][] = []
  while (lines.size > 0 && filling.items > 0) resting.push(...round(lines, share, filling, taken))
  for (const [name, line] of resting) lines.set(name, line)
}

/** The realtime ones first; the background is left a little of each batch, so that it is slow but never stands still. */
const batchOf = <T extends Waiting>(
  lines: Lines<T>, background: Lines<T>, { maxItems, maxBytes, share, background: most }: BatchLimits,
): ReadonlyArray<T> => {
  const kept = background.size > 0 ? Math.min(QUANTUM, Math.floor(maxItems / 2)) : 0
  const filling: Filling<T> = { batch: [], items: maxItems - kept, bytes: maxBytes }
  fill(lines, share, filling)
  const rest: Filling<T> = { batch: filling.batch, items: Math.min(Math.max(filling.items, 0) + kept, most), bytes: filling.bytes }
  if (rest.items > 0) fill(background, share, rest)
  return filling.batch
}

/**
 * A batch of the lines of which little waits, for as long as others have more than a turn takes: they need not wait until that is
 * worked off. Empty where nobody or everybody is crowded.
 */
const headStart = <T extends Waiting>(lines: Lines<T>, { maxItems, maxBytes, share }: BatchLimits): ReadonlyArray<T> => {
  const few: Lines<T> = new Map([...lines].filter(([, { entries, head }]) => entries.length - head <= QUANTUM))
  if (few.size === lines.size) return []
  const filling: Filling<T> = { batch: [], items: maxItems, bytes: maxBytes }
  for (const name of few.keys()) lines.delete(name)
  fill(few, share, filling)
  for (const [name, line] of few) lines.set(name, line)
  return filling.batch
}

/** After a head start everybody has a turn, so that a flood is slower but never stands still. */
const batches = <T extends Waiting>(lines: Lines<T>, background: Lines<T>) => {
  let wasHeadStart = false
  return (limits: BatchLimits): ReadonlyArray<T> => {
    const ahead = wasHeadStart ? [] : headStart(lines, limits)
    wasHeadStart = ahead.length > 0
    return wasHeadStart ? ahead : batchOf(lines, background, limits)
  }
}

/**
 * Lines, each first in, first out; a batch is filled by turns, so that a company with a flood fills only what others
 * leave free, and is held to its share while they are about. Who was served last begins the next batch last. Every second batch may
 * be one of quiet lines only.
 * `allowanceOf`: the limit of a line's own, asked for when it begins to wait.
 */
export const fairQueue = <T extends Waiting>(allowanceOf: (entry: T) => Allowance | undefined = () => undefined) => {
  const [lines, background]: [Lines<T>, Lines<T>] = [new Map(), new Map()]
  let waiting = 0
  const next = batches(lines, background)
  const lineOf = (entry: T): Line<T> => {
    const among = entry.background ? background : lines
    const line = among.get(entry.line) ?? { entries: [], head: 0, weight: entry.weight, allowance: allowanceOf(entry) }
    among.set(entry.line, line)
    return line
  }
  return {
    push: (entry: T): void => {
      const line = lineOf(entry)
      line.weight = entry.weight
      line.entries.push(entry)
      waiting += entry.items
    },
    /** At most what the limits allow; one entry that is larger than all of them goes alone. Empty when nothing may go. */
    take: (limits: BatchLimits): ReadonlyArray<T> => {
      const batch = next(limits)
      for (const { items } of batch) waiting -= items
      return batch
    },
    /** Items that wait. */
    waiting: (): number => waiting,
    /** Until a line that waits may go; 0 when one may now. */
    readyInMs: (): number =>
      Math.min(...[...lines.values(), ...background.values()].map(({ allowance }) => allowance?.readyInMs() ?? 0)),
  }
}
