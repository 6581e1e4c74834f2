import { agent } from '../domain/agent/decide.ts'
import type { Agent, AgentCommand, AgentEvent } from '../domain/agent/agent.ts'
import { chat } from '../domain/chat/decide.ts'
import type { Chat, ChatCommand, ChatEvent } from '../domain/chat/chat.ts'
import type { CompanyId } from '../domain/company.ts'
import type { Alias, AliasCommand, AliasEvent } from '../domain/contact/alias.ts'
import type { Contact, ContactCommand, ContactEvent } from '../domain/contact/contact.ts'
import { alias } from '../domain/contact/decide-alias.ts'
import { contact } from '../domain/contact/decide.ts'
import type { Decider } from '../domain/decider.ts'
import { message } from '../domain/message/decide.ts'
import type { Message, MessageCommand, MessageEvent } from '../domain/message/message.ts'
import { onboarding } from '../domain/onboarding/decide.ts'
import type { Onboarding, OnboardingCommand, OnboardingEvent } from '../domain/onboarding/onboarding.ts'
import { sync } from '../domain/sync/decide.ts'
import type { Sync, SyncCommand, SyncEvent } from '../domain/sync/sync.ts'
import type { Cause } from './ports/cause.ts'

/** Every kind of aggregate and its words; the one list that stores, codecs and lanes are built from. */
export interface Aggregates {
  readonly message: { readonly command: MessageCommand; readonly state: Message; readonly event: MessageEvent }
  readonly chat: { readonly command: ChatCommand; readonly state: Chat; readonly event: ChatEvent }
  readonly contact: { readonly command: ContactCommand; readonly state: Contact; readonly event: ContactEvent }
  readonly alias: { readonly command: AliasCommand; readonly state: Alias; readonly event: AliasEvent }
  readonly agent: { readonly command: AgentCommand; readonly state: Agent; readonly event: AgentEvent }
  readonly onboarding: { readonly command: OnboardingCommand; readonly state: Onboarding; readonly event: OnboardingEvent }
  readonly sync: { readonly command: SyncCommand; readonly state: Sync; readonly event: SyncEvent }
}
export type AggregateKind = keyof Aggregates

/** A command on its way to its aggregate: whose company, why, and the aggregate's id inside the company. */
export type InstructionOf<K extends AggregateKind> = {
  readonly kind: K
  readonly companyId: CompanyId
  readonly id: string
  readonly command: Aggregates[K]['command']
  readonly cause: Cause
}
export type Instruction = { [K in AggregateKind]: InstructionOf<K> }[AggregateKind]

export const deciders: { readonly [K in AggregateKind]: Decider<Aggregates[K]['command'], Aggregates[K]['state'],
  Aggregates[K]['event']> } =
  { message, chat, contact, alias, agent, onboarding, sync }
