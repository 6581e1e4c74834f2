import type { TraceParent } from './tracing.ts'

/** Of causes that somebody traces. */
interface Traced { readonly trace?: TraceParent }

/** The stored message that an instruction comes from; becomes the fact's cause and the contract's `last_metadata` (2.5). */
export interface EventCause extends Traced {
  readonly type: 'event'
  readonly stream: string
  readonly sequence: number
  /** Index inside a history; the number of its items for what it leads to as a whole, which must not fail as one of them. Else 0. */
  readonly item: number
  readonly subject: string
  /** `Nats-Msg-Id`, or `msg-<sequence>` (contract 1.4). */
  readonly messageId: string
  readonly consumer: string
  readonly consumerSequence: number
}

/** The fact that a policy acted on: `seq` of its position in the log. */
export interface PolicyCause extends Traced {
  readonly type: 'policy'
  readonly policy: string
  readonly sequence: number
  /** Index of the instruction among those of that fact. */
  readonly item: number
}

/** A run of a stored job. */
export interface JobCause extends Traced {
  readonly type: 'job'
  readonly job: string
  /** When the run was due, seconds since 1970. */
  readonly sequence: number
  /** Index of the instruction among those of one subject of the job. */
  readonly item: number
}

export type Cause = EventCause | PolicyCause | JobCause
