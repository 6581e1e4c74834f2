import type { AggregateKind, Aggregates } from '../../application/aggregates.ts'
import type { AgentId } from '../../domain/agent/agent.ts'
import type { JsonText } from '../../domain/brand.ts'
import type { AliasId } from '../../domain/contact/alias.ts'
import type { OnboardingId } from '../../domain/onboarding/onboarding.ts'
import type { SyncId } from '../../domain/sync/sync.ts'
import { aChat, aChatUpdate, raise, setTo } from './a-chat.ts'
import { aContact, aContactUpdate, aFind, aFirstMessage, aGreeting, contactId } from './a-contact.ts'
import { aMessage, aMessageUpdate } from './a-message.ts'
import { clock, imported, live, minutes } from './an-observation.ts'

export interface Sample { readonly title: string; readonly kind: AggregateKind; readonly commands: ReadonlyArray<never> }

const sample = <K extends AggregateKind>(title: string, kind: K, ...commands: ReadonlyArray<Aggregates[K]['command']>): Sample =>
  ({ title, kind, commands: commands as ReadonlyArray<never> })

/** JSON as PostgreSQL's jsonb writes it, which is how it comes back. */
const CONTENT = '{"a": [1, null, "é\\n\\"😀"], "big": 9007199254740993}' as JsonText
const AWKWARD_TEXT = `it's "quoted", \\back\\slashed {braced}, comma,\tTab\nline 😀 ' null NULL \\N`

/** Aggregates of every kind in each shape their state can have. */
export const everyKind: ReadonlyArray<Sample> = [
  sample('a message', 'message',
    aMessage(live(1), { text: AWKWARD_TEXT, key: CONTENT, content: CONTENT, timestamp: minutes(-5), toPhone: '1', url: 'u', type: 't' },
      { status: 'SENT', campaign: { tags: 'a,b', assignedTo: 'cs-1' } })),
  sample('a message with a history', 'message', aMessage(live(4)), aMessage(imported(1), { timestamp: minutes(-60) }),
    aMessageUpdate(live(5), { status: 'read', fields: { editedContent: CONTENT } }), aMessageUpdate(live(6), { status: 'failed' }),
    aMessageUpdate(live(7), { deleted: true })),
  sample('a message that failed', 'message',
    aMessage(live(1), { flow: 'OUT' }, { status: 'sent' }), aMessageUpdate(live(2), { status: 'failed' })),
  sample('updates of a message not seen yet', 'message', aMessageUpdate(live(2), { status: 'odd word', fields: { url: AWKWARD_TEXT } })),
  sample('a chat', 'chat', aChat(live(1), { jid: 'j', isGroup: true, groupName: AWKWARD_TEXT, lastMessage: CONTENT,
    conversationTimestamp: minutes(1) }, 3), aChatUpdate(live(2), raise), aChatUpdate(live(3), raise)),
  sample('updates of a chat not seen yet', 'chat', aChatUpdate(live(2), setTo(4), { lastMessage: CONTENT })),
  sample('a contact', 'contact', aContact(live(1), { customName: AWKWARD_TEXT, dob: minutes(-20_000_000), tags: 'x', gender: 'FEMALE' },
    aFirstMessage(1)), aContactUpdate(live(2), { customName: null, status: 'DISABLED', dob: null }),
  aGreeting(clock(live(3)), { tags: 'vip' }), aGreeting(clock(live(4)))),
  sample('a contact found in a history', 'contact', aContact(live(1), { phoneNumber: '62813' }),
    aFind(clock(imported(3, 4), minutes(-60)))),
  sample('updates of a contact not seen yet', 'contact', aContactUpdate(live(2), { notes: null, pushName: 'p' })),
  sample('an alias', 'alias', { type: 'UpdateByAlias', aliasId: 'al' as AliasId, seen: live(1), fields: { notes: 'n', tags: null } },
    { type: 'NameContact', aliasId: 'al' as AliasId, contactId }),
  sample('an agent', 'agent', { type: 'RecordAgent', agentId: 'a1' as AgentId, seen: live(1), fields: { qrCode: 'q', version: '2.1' } },
    { type: 'RecordAgent', agentId: 'a1' as AgentId, seen: live(2), fields: { qrCode: null, status: 'open' } }),
  sample('an onboarding', 'onboarding', { type: 'LogOnboarding', onboardingId: 'a1/62812' as OnboardingId, agentId: 'a1',
    phoneNumber: '62812', message: aFirstMessage(2) }, { type: 'LogOnboarding', onboardingId: 'a1/62812' as OnboardingId, agentId: 'a1',
    phoneNumber: '62812', message: aFirstMessage(1, 'm0') }),
  sample('a sync', 'sync', { type: 'RequestSync', agentId: 'a1' as SyncId, dueAt: minutes(10) }),
]
