import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { memoryCheckpoints } from '../../../adapters/outbound/memory/checkpoints.ts'
import { memoryEventLog } from '../../../adapters/outbound/memory/event-log.ts'
import { memoryLog } from '../../../adapters/outbound/memory/memory-log.ts'
import { memoryReadModelStore } from '../../../adapters/outbound/memory/read-model-store.ts'
import { memoryTransactions } from '../../../adapters/outbound/memory/transactions.ts'
import { deciders, type AggregateKind, type Instruction, type InstructionOf } from '../../../application/aggregates.ts'
import { handleBatch } from '../../../application/commands/handle-batch.ts'
import { followPolicy } from '../../../application/policies/follow-policy.ts'
import { wheneverAliasTold } from '../../../application/policies/whenever-alias-told.ts'
import { wheneverMessageArrivedLive } from '../../../application/policies/whenever-message-arrived-live.ts'
import { agentBoard } from '../../../application/projections/agent-board.ts'
import { chatOverview } from '../../../application/projections/chat-overview.ts'
import { contactCard } from '../../../application/projections/contact-card.ts'
import { messageTimeline } from '../../../application/projections/message-timeline.ts'
import { onboardingList } from '../../../application/projections/onboarding-list.ts'
import { projectBatch } from '../../../application/projections/project-batch.ts'
import type { ContactIdOf } from '../../../application/ports/contact-ids.ts'
import type { LoggedFact } from '../../../application/ports/event-log.ts'
import type { ProjectionName } from '../../../application/projections/read-models.ts'
import type { CompanyId } from '../../../domain/company.ts'
import type { Decider } from '../../../domain/decider.ts'
import type { ContactId } from '../../../domain/contact/contact.ts'

const companyId = 'acme' as CompanyId

/** Readable, and the same wherever a contact is made. */
export const contactIdOf: ContactIdOf = (_, agentId, phone) => `${agentId}/${phone}` as ContactId

const POLICIES = [wheneverMessageArrivedLive(contactIdOf), wheneverAliasTold]
const PROJECTIONS: ReadonlyArray<ProjectionName> =
  ['message_timeline', 'chat_overview', 'contact_card', 'agent_board', 'onboarding_list']

export const answerOf = async <A>(task: TaskEither<unknown, A>): Promise<A> => {
  const answer = await task()
  if (E.isLeft(answer)) throw new Error('expected an answer', { cause: answer.left })
  return answer.right
}

/** An instruction of an event; which one does not matter here. */
export const instructionOf = <K extends AggregateKind>(kind: K, id: string, command: InstructionOf<K>['command']): Instruction => ({
  kind, companyId, id, command,
  cause: { type: 'event', stream: 's', sequence: 1, item: 0, subject: 's', messageId: 'm', consumer: 'c', consumerSequence: 1 },
}) as Instruction

/** Every aggregate as its facts tell it, by kind and id; without versions, for how many facts a state took may depend on the order. */
const statesOf = (facts: ReadonlyArray<LoggedFact>): ReadonlyMap<string, unknown> => {
  const states = new Map<string, unknown>()
  for (const { kind, id, event } of facts) {
    const { initial, evolve } = deciders[kind] as unknown as Decider<never, unknown, unknown>
    const key = `${kind} ${id}`
    states.set(key, evolve(states.get(key) ?? initial, event))
  }
  return new Map([...states].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Write side, policies and read side of one company, all in memory, moved step by step. */
export const aCompanyInMemory = () => {
  const shared = memoryLog()
  const [log, store, checkpoints] = [memoryEventLog(shared), memoryReadModelStore(), memoryCheckpoints()]
  const handle = handleBatch(memoryTransactions(shared, { nowMs: () => 0 }))
  const steps = (limit: number) => [
    ...POLICIES.map((policy) => followPolicy(policy, { log, checkpoints, handle }, limit)),
    projectBatch(messageTimeline, log, store, limit), projectBatch(chatOverview, log, store, limit),
    projectBatch(contactCard, log, store, limit), projectBatch(agentBoard, log, store, limit),
    projectBatch(onboardingList, log, store, limit),
  ]
  /** One step of the policy or projection that `index` picks. */
  const step = async (index: number, limit: number): Promise<void> => {
    const all = steps(limit)
    const chosen = all[index % all.length]
    if (chosen !== undefined) await answerOf<unknown>(chosen)
  }
  const toTheEnd = async (): Promise<void> => {
    for (let more = true; more;) {
      more = false
      for (const one of steps(1_000)) more = (await answerOf(one)).more || more
    }
  }
  const chats = (): ReadonlyArray<string> => ['x', 'y', 'z', 'c1', 'c2']
  /** All that readers could see. */
  const readModel = () => ({
    rows: PROJECTIONS.map((name) => new Map([...store.rowsOf(name)].sort(([a], [b]) => (a < b ? -1 : 1)))),
    lastMessages: chats().map((id) => store.lastMessageOf({ companyId, id })), totals: store.totalsOf(companyId),
  })
  return { handleBatch: handle, handle: (batch: ReadonlyArray<Instruction>) => answerOf(handle(batch)), step, toTheEnd, readModel,
    states: () => statesOf(shared.facts), store, log: shared, facts: shared.facts }
}
