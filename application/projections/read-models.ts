import type { Agent } from '../../domain/agent/agent.ts'
import type { Chat } from '../../domain/chat/chat.ts'
import type { Contact } from '../../domain/contact/contact.ts'
import type { Onboarding } from '../../domain/onboarding/onboarding.ts'
import type { Message } from '../../domain/message/message.ts'

/**
 * What each projection keeps per row: the aggregate as the facts tell it, folded by the aggregate's own `evolve`; the
 * store derives the columns that readers see from it (`domain/<noun>/shown.ts`).
 */
export interface ReadModels {
  readonly chat_overview: Chat
  readonly message_timeline: Message
  readonly contact_card: Contact
  readonly agent_board: Agent
  readonly onboarding_list: Onboarding
}
export type ProjectionName = keyof ReadModels
