import { deciders, type AggregateKind, type Instruction } from '../../../application/aggregates.ts'
import type { LoggedFact } from '../../../application/ports/event-log.ts'
import type { Policy } from '../../../application/policies/policy.ts'
import { wheneverAliasTold } from '../../../application/policies/whenever-alias-told.ts'
import { wheneverMessageArrivedLive } from '../../../application/policies/whenever-message-arrived-live.ts'
import type { CompanyId } from '../../../domain/company.ts'
import type { ContactId } from '../../../domain/contact/contact.ts'
import type { Decider } from '../../../domain/decider.ts'
import { decideAndKeep, expectRebuilt, nothingKept, stateOnly, type Kept } from './converges.ts'

export const companyId = 'acme' as CompanyId

const KINDS = ['message', 'alias', 'contact', 'onboarding'] as const satisfies ReadonlyArray<AggregateKind>

const POLICIES: ReadonlyArray<Policy> = [wheneverMessageArrivedLive((_, agent, phone) => `${agent}/${phone}` as ContactId), wheneverAliasTold]

/** What policies do not read of a fact. */
const LOGGED = { companyId, id: '', version: 0, recordedAt: 0 }

/** Deciders of all kinds behind one type: what a kind is given is what it made itself. */
const deciderOf = (kind: AggregateKind): Decider<Instruction, unknown, unknown> => {
  const { initial, decide, evolve } = deciders[kind] as unknown as Decider<Instruction['command'], unknown, unknown>
  return { initial, decide: ({ command }, state) => decide(command, state), evolve }
}

/** A company in memory: what is stored, the log, and how far each policy has followed it. */
export const aCompany = () => {
  const kept: ReadonlyMap<AggregateKind, Kept<unknown, unknown>> = new Map(KINDS.map((kind) => [kind, nothingKept()]))
  const log: LoggedFact[] = []
  const followed = POLICIES.map(() => 0)

  const handle = (batch: ReadonlyArray<Instruction>): void => {
    for (const [kind, of] of kept) {
      const events = decideAndKeep(deciderOf(kind), ({ id }) => id, batch.filter((instruction) => instruction.kind === kind), of)
      for (const event of events)
        log.push({ ...LOGGED, position: { epoch: 0, xid: 0, seq: log.length }, kind, event } as LoggedFact)
    }
  }
  /** One policy handles its next facts of the log; one that crashes has handled them, but does not know it. */
  const follow = ({ policy: index, facts, crash }: Following): void => {
    const [policy, from] = [POLICIES[index], followed[index] ?? 0]
    const page = log.slice(from, from + facts)
    handle(page.flatMap((fact) => policy?.react(fact) ?? []))
    if (!crash) followed[index] = from + page.length
  }
  const followToTheEnd = (): void => {
    for (let index = 0; index < POLICIES.length; index += 1)
      while ((followed[index] ?? 0) < log.length) follow({ policy: index, facts: log.length, crash: false })
  }
  return {
    handle, follow, followToTheEnd,
    states: () => [...kept.values()].map(stateOnly),
    expectRebuilt: () => { for (const [kind, of] of kept) expectRebuilt(deciderOf(kind), of) },
  }
}

export interface Following { readonly policy: number; readonly facts: number; readonly crash: boolean }
