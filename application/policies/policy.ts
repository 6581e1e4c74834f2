import type { AggregateKind, Instruction } from '../aggregates.ts'
import type { FactType, LoggedFact } from '../ports/event-log.ts'
import type { PolicyCause } from '../ports/cause.ts'

/** Whenever a fact, then commands on other aggregates. Told at least once; the aggregates make repeating harmless. */
export interface Policy {
  /** Names its checkpoint; part of the cause of what follows. */
  readonly name: string
  readonly kind: AggregateKind
  /** Of that kind, the facts that it reacts to; no others are read. */
  readonly types: ReadonlyArray<FactType>
  readonly react: (fact: LoggedFact) => ReadonlyArray<Instruction>
}

export const causedBy = (policy: string, { position, trace }: LoggedFact, item: number): PolicyCause =>
  ({ type: 'policy', policy, sequence: position.seq, item, ...(trace === undefined ? {} : { trace }) })
