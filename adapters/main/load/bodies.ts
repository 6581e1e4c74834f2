import type { EventName } from '../../inbound/nats/subjects.ts'
import type { Chance } from '../sample/chance.ts'
import { chatBody, messageBody, someText } from '../sample/sample-events.ts'
import type { SampleContact, SamplePeople } from '../sample/sample-people.ts'

export type Body = Readonly<Record<string, unknown>>

/** What the bodies of one company are made of. */
export interface BodySource {
  readonly chance: Chance
  readonly people: SamplePeople
  /** Part of every message id: no two runs publish the same message. */
  readonly run: string
  readonly historySize: number
  /** Ids of messages that the company has published, the newest last; of bounded length. */
  readonly recent: string[]
}

const MOST_RECENT = 50
const RECEIPTS = ['delivered', 'read', 'played'] as const
const STATES = ['connected', 'disconnected', 'connecting'] as const
const TAGS = ['vip', 'promo-juni', 'reseller', 'jakarta'] as const

const contactBody = ({ phone, name, agent }: SampleContact): Body => ({ agent_id: agent.agentId, phone_number: phone, push_name: name })

const newMessage = (source: BodySource, n: number, at: number): Body => {
  const { chance, people, run, recent } = source
  const messageId = `${run}-${n}`
  recent.push(messageId)
  if (recent.length > MOST_RECENT) recent.shift()
  return messageBody({ messageId, chat: chance.oneOf(people.chats), flow: chance.in(65) ? 'IN' : 'OUT' }, someText(chance), at)
}

/** The message may be one that comes only later, or never: then it waits as an early fact. */
const someMessage = ({ chance, recent, run }: BodySource, n: number): string => recent[chance.below(recent.length)] ?? `${run}-${n}`

const items = (source: BodySource, make: (i: number) => Body): ReadonlyArray<Body> =>
  Array.from({ length: source.historySize }, (_, i) => make(i))

/** The body of event `n`, which says that it happened at `at`, seconds. */
type Make = (source: BodySource, n: number, at: number) => Body

const MAKE: Readonly<Record<EventName, Make>> = {
  'v1.messages.upsert': newMessage,
  'v1.messages.update': (source, n) => ({ message_id: someMessage(source, n), status: source.chance.oneOf(RECEIPTS) }),
  'v1.chats.upsert': ({ chance, people }, _, at) => chatBody(chance.oneOf(people.chats), at),
  'v1.chats.update': (source, n, at) => ({ chat_id: source.chance.oneOf(source.people.chats).chatId, conversation_timestamp: at,
    unread_count: 1, last_message: { id: someMessage(source, n) } }),
  'v1.contacts.upsert': ({ chance, people }) => contactBody(chance.oneOf(people.contacts)),
  'v1.contacts.update': ({ chance, people }) => ({ ...contactBody(chance.oneOf(people.contacts)), tags: chance.oneOf(TAGS) }),
  'v1.connection.update': ({ chance, people }) => {
    const { agentId, name, host } = chance.oneOf(people.agents)
    return { agent_id: agentId, agent_name: name, host_name: host, status: chance.oneOf(STATES) }
  },
  'v1.history.messages': (source, n, at) => ({ messages: items(source, (i) => {
    const { chance, people, run } = source
    const written = { messageId: `${run}-${n}-${i}`, chat: chance.oneOf(people.chats), flow: chance.in(60) ? 'IN' : 'OUT' } as const
    return messageBody(written, someText(chance), at - source.historySize + i)
  }) }),
  'v1.history.chats': (source, _, at) => ({ chats: items(source, () => chatBody(source.chance.oneOf(source.people.chats), at)) }),
  'v1.history.contacts': (source) => ({ contacts: items(source, () => contactBody(source.chance.oneOf(source.people.contacts))) }),
}

export const bodyOf = (event: EventName, source: BodySource, n: number, at: number): Body => MAKE[event](source, n, at)

/** Each is final at once on every subject: no JSON, no object, nothing in it. One dead letter each (bad inputs 1). */
export const POISON = ['{"chat_id":', 'no JSON at all', '["an array"]', '{}'] as const
