import fc from 'fast-check'
import type { AgentCommand, AgentFields, AgentId } from '../../../domain/agent/agent.ts'
import type { JsonText } from '../../../domain/brand.ts'
import type { ChatCommand, ChatFields, ChatId } from '../../../domain/chat/chat.ts'
import { clockOf, type Observation } from '../../../domain/clock.ts'
import type { AliasCommand, AliasId } from '../../../domain/contact/alias.ts'
import type { ContactCommand, ContactFields, ContactId } from '../../../domain/contact/contact.ts'
import type { Campaign, MessageCommand, MessageFields, MessageId } from '../../../domain/message/message.ts'
import type { OnboardingCommand } from '../../../domain/onboarding/onboarding.ts'
import { onboardingIdOf } from '../../../domain/onboarding/phone.ts'
import type { SyncCommand, SyncId } from '../../../domain/sync/sync.ts'
import { minutes } from '../../support/an-observation.ts'
import { anEventTime, maybe, someOf } from './deliveries.ts'

const word = fc.constantFrom('x', 'y', 'z')
const wordOrNull = fc.constantFrom('x', 'y', null)
const json = fc.constantFrom('{"n":1}' as JsonText, '{"n":2}' as JsonText)
const first = fc.record({ messageId: fc.constantFrom('m1', 'm2', 'm3'), timestamp: anEventTime })

/** A property that is absent rather than undefined. */
const given = <Name extends string, T>(name: Name, value: T | undefined): { readonly [N in Name]?: T } =>
  (value === undefined ? {} : { [name]: value }) as { readonly [N in Name]?: T }

const aCampaign: fc.Arbitrary<Campaign | undefined> = fc.option(
  someOf<Required<Campaign>>({
    tags: fc.constantFrom('', 'promo', 'sale,promo', 'vip'), assignedTo: fc.constantFrom('', 'cs1', 'cs2'),
    origin: fc.constantFrom('', 'ads', 'web'),
  }),
  { nil: undefined })

const messageFields = someOf<MessageFields>({
  chatId: word, jid: word, flow: fc.constantFrom('IN', 'IN', 'OUT'),
  agentId: fc.constantFrom('a1', 'a2'), fromPhone: fc.constantFrom('62812', '+62 812', '()', '62999'),
  toPhone: word, key: json, timestamp: anEventTime, text: word, url: word, type: word, content: json, editedContent: json,
})
const edits = someOf<Pick<MessageFields, 'url' | 'editedContent'>>({ url: word, editedContent: json })
/** Of messages that tell of a customer: everything that onboarding needs, and little else, so that greetings are told again. */
const greetingFields = fc.record({
  flow: fc.constant('IN' as const), agentId: fc.constant('a1'), fromPhone: fc.constantFrom('62812', '62812', '+62 812'),
  timestamp: fc.constantFrom(minutes(0), minutes(60 * 24 * 365)),
})
const aGreetingCampaign = fc.constantFrom<Campaign | undefined>(undefined, undefined, { tags: 'promo', assignedTo: 'cs1', origin: 'ads' })
const status = maybe('pending', 'sent', 'server_ack', 'delivered', 'DELIVERY_ACK', 'read', 'played', 'failed', 'odd', 'odder')
const messageId = fc.constantFrom('m1' as MessageId, 'm2' as MessageId)

export const aMessageCommand = (seen: Observation): fc.Arbitrary<MessageCommand> => fc.oneof(
  fc.record({ messageId, fields: greetingFields, campaign: aGreetingCampaign }).map(({ campaign, ...rest }): MessageCommand =>
    ({ type: 'RecordMessage', seen, ...rest, ...given('campaign', campaign) })),
  fc.record({ messageId, fields: messageFields, status, campaign: aCampaign }).map(({ status: to, campaign, ...rest }): MessageCommand =>
    ({ type: 'RecordMessage', seen, ...rest, ...given('status', to), ...given('campaign', campaign) })),
  fc.record({ messageId, fields: edits, status, deleted: fc.boolean() })
    .map(({ status: to, ...rest }): MessageCommand => ({ type: 'UpdateMessage', seen, ...rest, ...given('status', to) })))

const chatId = fc.constantFrom('c1' as ChatId, 'c2' as ChatId)
type Activity = Pick<ChatFields, 'lastMessage' | 'conversationTimestamp'>
const activity = { lastMessage: json, conversationTimestamp: anEventTime }
const chatFields = someOf<ChatFields>({
  jid: word, isGroup: fc.boolean(), notSpam: fc.boolean(), agentId: word, phoneNumber: word,
  pushName: word, groupName: word, customName: word, assignedTo: word, ...activity,
})
const raised = fc.constant({ type: 'raise' as const })
const count = fc.constantFrom(0, 2, 7)

export const aChatCommand = (seen: Observation): fc.Arbitrary<ChatCommand> => fc.oneof(
  fc.record({ type: fc.constant('RecordChat' as const), chatId, seen: fc.constant(seen), fields: chatFields, unreadCount: count }),
  fc.record({
    type: fc.constant('UpdateChat' as const), chatId, seen: fc.constant(seen), fields: someOf<Activity>(activity),
    unread: fc.oneof(raised, raised, count.map((n) => ({ type: 'set' as const, count: n }))),
  }))

const agentId = fc.constantFrom('a1' as AgentId, 'a2' as AgentId)
const agentFields = someOf<AgentFields>({
  qrCode: wordOrNull, status: wordOrNull, agentName: wordOrNull, hostName: wordOrNull, version: wordOrNull, phoneNumber: wordOrNull,
})

export const anAgentCommand = (seen: Observation): fc.Arbitrary<AgentCommand> =>
  fc.record({ type: fc.constant('RecordAgent' as const), agentId, seen: fc.constant(seen), fields: agentFields })

const contactFields = someOf<ContactFields>({
  agentId: word, phoneNumber: word, chatId: word, origin: word, type: fc.constantFrom('PERSONAL', 'AGENT', 'OTHER'), pushName: word,
  customName: wordOrNull, notes: wordOrNull, avatar: wordOrNull, assignedTo: wordOrNull, pob: wordOrNull,
  tags: fc.constantFrom('vip', 'promo,old', null),
  dob: fc.option(anEventTime), gender: fc.constantFrom('MALE', 'FEMALE', null), status: fc.constantFrom('ACTIVE', 'DISABLED', null),
})
/** The first two are those of customers who write in `company.test.ts`. */
const contactId = fc.constantFrom('a1/62812' as ContactId, 'a2/62812' as ContactId, 'a1/62999' as ContactId)

export const anUpsertOrUpdateOfContact = (seen: Observation): fc.Arbitrary<ContactCommand> => fc.oneof(
  fc.record({ contactId, fields: contactFields, found: fc.option(first, { nil: undefined }) }).map(({ found, ...rest }): ContactCommand =>
    ({ type: 'RecordContact', seen, ...rest, ...given('first', found) })),
  fc.record({ type: fc.constant('UpdateContact' as const), contactId, seen: fc.constant(seen), fields: contactFields }))

export const aContactCommand = (seen: Observation): fc.Arbitrary<ContactCommand> => fc.oneof(
  anUpsertOrUpdateOfContact(seen),
  fc.record({ contactId, message: first, campaign: aCampaign }).map(({ campaign, message, ...rest }): ContactCommand => ({
    type: 'OnboardContact', agentId: 'a1', phoneNumber: '62812', message, clock: clockOf(seen, message.timestamp),
    ...rest, ...given('campaign', campaign),
  })),
  fc.record({ contactId, message: first }).map(({ message, ...rest }): ContactCommand =>
    ({ type: 'OnboardFromHistory', message, clock: clockOf(seen, message.timestamp), ...rest })))

const aliasId = fc.constantFrom('crm1' as AliasId, 'crm2' as AliasId)

export const anAliasCommand = (seen: Observation): fc.Arbitrary<AliasCommand> => fc.oneof(
  fc.record({ type: fc.constant('NameContact' as const), aliasId, contactId }),
  fc.record({ type: fc.constant('UpdateByAlias' as const), aliasId, seen: fc.constant(seen), fields: contactFields }))

export const anOnboardingCommand = (): fc.Arbitrary<OnboardingCommand> =>
  fc.record({ agentId: fc.constantFrom('a1', 'a2'), message: first }).map(({ agentId, message }) =>
    ({ type: 'LogOnboarding', onboardingId: onboardingIdOf(agentId, '62812'), agentId, phoneNumber: '62812', message }))

export const aSyncCommand = (): fc.Arbitrary<SyncCommand> =>
  fc.record({ type: fc.constant('RequestSync' as const), agentId: fc.constantFrom('a1' as SyncId, 'a2' as SyncId), dueAt: anEventTime })
