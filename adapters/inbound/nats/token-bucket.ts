import type { RateLimit } from '../../../application/ports/companies.ts'

const MS_PER_SECOND = 1_000

/**
 * A token bucket that goes into debt: what is larger than what is left passes when anything is left, and is worked off
 * afterwards, so that nothing is ever too large to pass.
 */
export const tokenBucket = ({ perSecond, burst }: RateLimit, nowMs: () => number) => {
  let tokens = burst
  let filledAt = nowMs()
  const fill = (): void => {
    const now = nowMs()
    tokens = Math.min(burst, tokens + ((now - filledAt) * perSecond) / MS_PER_SECOND)
    filledAt = now
  }
  return {
    /** Whole tokens that are there now; nothing may pass at 0 and below. */
    left: (): number => {
      fill()
      return Math.floor(tokens)
    },
    spend: (count: number): void => {
      fill()
      tokens -= count
    },
    /** Until something may pass again; 0 when it may now. */
    readyInMs: (): number => {
      fill()
      return tokens >= 1 ? 0 : Math.ceil(((1 - tokens) * MS_PER_SECOND) / perSecond)
    },
  }
}

export type TokenBucket = ReturnType<typeof tokenBucket>
