import type { Agent } from '../../domain/agent/agent.ts'
import type { JsonText } from '../../domain/brand.ts'
import type { Chat, ChatFields } from '../../domain/chat/chat.ts'
import type { Contact, ContactFields } from '../../domain/contact/contact.ts'
import type { Heard, Message, MessageFields } from '../../domain/message/message.ts'
import type { Onboarding } from '../../domain/onboarding/onboarding.ts'
import { written } from '../../domain/register.ts'
import { clock, imported, live, minutes } from './an-observation.ts'

export { minutes } from './an-observation.ts'

/** JSON as PostgreSQL writes it, with a number that JavaScript would lose. */
const bigNumber = '{"n": 9007199254740993}' as JsonText

/** A message with something of everything, sent `minute` minutes after noon. */
export const aMessageRow = (chatId: string, minute: number, more: Partial<Heard> = {}): Message => {
  const [said, told] = [clock(live(1), minutes(minute)), clock(imported(2, 3), minutes(minute))]
  return { kind: 'recorded', firstSeen: told, heard: {
    fields: {
      ...written<MessageFields>({ chatId, jid: 'j', flow: 'IN', agentId: 'a1', fromPhone: '62812', timestamp: minutes(minute) }, said),
      ...written<MessageFields>({ text: 'hello\n"', key: bigNumber }, said),
      ...written<MessageFields>({ type: 'conversation', content: bigNumber, editedContent: bigNumber, url: 'https://example.org/x' }, told),
    },
    status: { word: 'server_ack', clock: told }, failed: true, deleted: false,
    greetings: [{
      greeting: { agentId: 'a1', fromPhone: '+62 812', timestamp: minutes(1), campaign: { tags: 'promo' } }, first: told, last: said,
    }],
    ...more,
  } }
}

export const aChatRow = (unread: number): Chat => {
  const { rank, sequence, item } = live(4)
  return { kind: 'opened', heard: {
    fields: written<ChatFields>({
      jid: 'j', isGroup: true, groupName: 'team', lastMessage: bigNumber, conversationTimestamp: minutes(2),
    }, clock(live(3))),
    unread: { set: { count: unread - 1, at: { rank, sequence, item } }, raised: [{ rank, sequence: sequence + 1, item }] },
  } }
}

export const aContactRow = (): Contact => ({ kind: 'known', heard: {
  fields: written<ContactFields>({
    agentId: 'a1', phoneNumber: '62812', type: 'PERSONAL', notes: null, dob: minutes(0), origin: 'DirectChat',
  }, clock(live(1))),
  first: { messageId: 'm1', timestamp: minutes(1) }, welcomes: [{ tags: 'promo', clock: clock(live(2)) }], direct: clock(live(1)),
} })

export const anAgentRow = (): Agent => ({ kind: 'registered', fields: {
  status: { value: 'connected', clock: clock(live(1)) }, agentName: { value: null, clock: clock(live(2)) },
} })

export const anOnboardingRow = (minute: number): Onboarding =>
  ({ kind: 'logged', agentId: 'a1', phoneNumber: '62812', first: { messageId: 'm1', timestamp: minutes(minute) } })
