import type { FoundAgent } from '../../../application/ports/agent-finder.ts'
import type { FoundChat } from '../../../application/ports/chat-finder.ts'
import type { FoundContact } from '../../../application/ports/contact-finder.ts'
import type { FoundMessage } from '../../../application/ports/message-finder.ts'
import type { FoundOnboarding } from '../../../application/ports/onboarding-finder.ts'
import type { Context } from './context.ts'
import { parseGlobalId, type NodeType } from './global-id.ts'
import { mayRead } from './scopes.ts'

export type AnyNode = FoundChat | FoundMessage | FoundContact | FoundAgent | FoundOnboarding

/** Each view has a field that no other has. */
export const typeOfNode = (node: AnyNode): NodeType => {
  if ('onboardingId' in node) return 'Onboarding'
  if ('contactId' in node) return 'Contact'
  if ('messageId' in node) return 'Message'
  return 'chatId' in node ? 'Chat' : 'Agent'
}

const load = ({ loaders }: Context, type: NodeType, key: string): Promise<AnyNode | undefined> => {
  switch (type) {
    case 'Chat': return loaders.chat.load(key)
    case 'Message': return loaders.message.load(key)
    case 'Contact': return loaders.contact.load(key)
    case 'Agent': return loaders.agent.load(key)
    case 'Onboarding': return loaders.onboarding.load(key)
  }
}

/** Unknown, malformed, another company's, or not for this token's scopes: one and the same answer. */
export const nodeOf = async (id: string, context: Context): Promise<AnyNode | null> => {
  const parsed = parseGlobalId(id)
  if (parsed === undefined || !mayRead(context.identity, parsed.type)) return null
  return (await load(context, parsed.type, parsed.key)) ?? null
}
