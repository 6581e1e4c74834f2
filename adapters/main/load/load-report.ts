import type { Latency } from './latencies.ts'
import type { PlannedKind } from './plan.ts'

/** What a load did and what became of it. */
export interface LoadReport {
  readonly seed: number
  readonly companyPrefix: string
  readonly companies: number
  readonly wantedPerSecond: number
  /** How long publishing took, and how many were stored a second. */
  readonly seconds: number
  readonly perSecond: number
  /** Stored by the broker. */
  readonly published: Readonly<Record<PlannedKind | 'total', number>>
  /** Not stored, or without an answer, by reason. */
  readonly refused: { readonly total: number; readonly byReason: Readonly<Record<string, number>> }
  /** Fresh events with a fact in the log, and those of them that every projection shows. */
  readonly committed: number
  readonly readable: number
  /** Fresh events that were settled and led to no fact: what they say was known already. */
  readonly withoutEffect: number
  readonly publishToCommitMs: Latency
  readonly publishToReadableMs: Latency
  /** How often the log and the checkpoints were looked at: no latency is known more exactly, ms. */
  readonly measuredEveryMs: number
  /** Fresh events that were not measured, for too many waited already. */
  readonly unmeasured: number
  readonly deadLetters: { readonly total: number; readonly byReason: Readonly<Record<string, number>> }
  readonly lagAtEnd: {
    /** Stored events that are not settled. */
    readonly events: number
    readonly oldestEventSeconds: number
    readonly projectionSeconds: number
  }
  /** Why the exit code is 1; empty when all went well. */
  readonly problems: ReadonlyArray<string>
}
