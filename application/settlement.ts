import type { Unavailable, Unstorable } from './ports/unavailable.ts'

/** Something is wrong with the event itself; found before it became a command. Same shape as the codecs' error. */
export interface InvalidPayload {
  readonly type: 'InvalidPayload'
  /** Reason code of bad-inputs. */
  readonly reason: string
  /** JSON pointer to the place. */
  readonly pointer: string
  /** Name of the codec that refused it. */
  readonly expected: string
}

/** Anything thrown; caught once, at the edge of the pipeline. */
export interface Bug { readonly type: 'Bug'; readonly cause: unknown }

export type Failure = InvalidPayload | Unavailable | Unstorable | Bug

/** What happens to the stored message. `store` keeps it in `failed_events` first; a `counted` one is tried until no attempt is left. */
export type Settlement =
  | { readonly type: 'ack' }
  /** Given back, not counted: a dependency is down (its circuit is open). */
  | { readonly type: 'give-back' }
  | { readonly type: 'store'; readonly reason: string; readonly counted: boolean }

/** Failure to fate: the only place that knows (style guide 5, design 8). */
export const settlementOf = (failure: Failure | undefined): Settlement => {
  if (failure === undefined) return { type: 'ack' }
  switch (failure.type) {
    case 'InvalidPayload': return { type: 'store', reason: failure.reason, counted: false }
    case 'Unstorable': return { type: 'store', reason: `data_error:${failure.sqlState}`, counted: false }
    case 'Unavailable': return { type: 'give-back' }
    case 'Bug': return { type: 'store', reason: 'handler_error', counted: true }
  }
}
