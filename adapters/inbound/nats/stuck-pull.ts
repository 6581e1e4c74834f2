/** What is known of a durable at one look. */
export interface PullState {
  /** Messages that the broker has not delivered yet. */
  readonly pending: number
  /** Counts every delivery, also to another process. */
  readonly delivered: number
  /** Delivered and not acknowledged, and how many of those there may be. */
  readonly outstanding: number
  readonly mostOutstanding: number
  readonly paused: boolean
  /** Its events in hand here: while we work on them, holding back is ours. */
  readonly inHand: number
}

/** Nothing keeps the broker from delivering. */
const shouldFlow = ({ pending, outstanding, mostOutstanding, paused, inHand }: PullState): boolean =>
  pending > 0 && outstanding < mostOutstanding && !paused && inHand === 0

/**
 * Tells a pull loop that is stuck from one that has nothing to do: events wait, nothing keeps them, and none has come since
 * the look, `stuckAfterMs` ago or longer, that first saw it so. Heartbeats do not count: a loop can be alive and deliver nothing.
 */
export const stillness = (stuckAfterMs: number, nowMs: () => number = Date.now) => {
  let seen: { readonly atMs: number; readonly delivered: number } | undefined
  return {
    /** An event came or was settled, or a dependency is down and nothing should move. */
    moved: (): void => { seen = undefined },
    isStuck: (state: PullState): boolean => {
      const { delivered } = state
      if (!shouldFlow(state)) seen = undefined
      else if (seen?.delivered !== delivered) seen = { atMs: nowMs(), delivered }
      return seen !== undefined && nowMs() - seen.atMs >= stuckAfterMs
    },
  }
}

export type Stillness = ReturnType<typeof stillness>
