import { clockOf } from '../clock.ts'
import type { Decider } from '../decider.ts'
import { winning, written, type MergeTable } from '../register.ts'
import type { Chat, ChatCommand, ChatEvent, ChatFields, ChatHeard, UnreadChange } from './chat.ts'
import { arrivalOf, counts, UNCOUNTED, withRaised, withSet } from './unread.ts'

/** Contract 4.1 and 4.2 with design 5: what a chat is, is preserved; what people call it and do in it may change. */
const MERGE: MergeTable<ChatFields> = {
  jid: 'earliest', isGroup: 'earliest', notSpam: 'earliest', agentId: 'earliest', phoneNumber: 'earliest',
  pushName: 'latest', groupName: 'latest', customName: 'latest', assignedTo: 'latest',
  lastMessage: 'latest', conversationTimestamp: 'latest',
}

const NOTHING: ChatHeard = { fields: {}, unread: UNCOUNTED }

const heardOf = (state: Chat): ChatHeard => (state.kind === 'unseen' ? NOTHING : state.heard)

const unreadChangeOf = (command: ChatCommand): UnreadChange => {
  switch (command.type) {
    case 'RecordChat': return { type: 'set', count: command.unreadCount }
    case 'UpdateChat': return command.unread
  }
}

/** The facts by which a command adds to what was heard; none when all of it is already so. */
const news = (command: ChatCommand, heard: ChatHeard): ReadonlyArray<ChatEvent> => {
  const { chatId, seen } = command
  const facts: ChatEvent[] = []
  const clock = clockOf(seen, command.fields.conversationTimestamp)
  const fields = winning(MERGE, heard.fields, written<ChatFields>(command.fields, clock))
  if (fields !== undefined) facts.push({ type: 'ChatRevised', chatId, fields })
  const [unread, at] = [unreadChangeOf(command), arrivalOf(seen)]
  if (!counts(heard.unread, unread, at)) return facts
  facts.push(unread.type === 'set' ? { type: 'ChatUnreadSet', chatId, count: unread.count, at } : { type: 'ChatUnreadRaised', chatId, at })
  return facts
}

const evolveHeard = (heard: ChatHeard, event: ChatEvent): ChatHeard => {
  switch (event.type) {
    case 'ChatOpened': return event.heard
    case 'ChatRevised': return { ...heard, fields: { ...heard.fields, ...event.fields } }
    case 'ChatUnreadSet': return { ...heard, unread: withSet(heard.unread, event.count, event.at) }
    case 'ChatUnreadRaised': return { ...heard, unread: withRaised(heard.unread, event.at) }
  }
}

/** The same chat under another agent or JID (bad inputs E117): which of both stays, the clocks decide. */
const isMoved = (command: ChatCommand, { fields: { jid, agentId } }: ChatHeard): boolean => {
  if (command.type !== 'RecordChat') return false
  const { fields } = command
  return (jid !== undefined && fields.jid !== undefined && fields.jid !== jid.value)
    || (agentId !== undefined && fields.agentId !== undefined && fields.agentId !== agentId.value)
}

/**
 * | field | merge | source |
 * |---|---|---|
 * | jid, is group, not spam, agent, phone | lowest clock; absent is filled | contract 4.1 |
 * | push name, group name, custom name, assigned to | highest clock; absent never erases | contract 4.1, D8 |
 * | last message, conversation timestamp | highest clock | contract 4.1, 4.2 |
 * | unread | order of arrival: the last absolute count and the increments after it | contract 4.2, design 5 |
 *
 * The clock of an event is its conversation timestamp, else the broker's time. An update before its chat is heard and
 * waits; the chat is opened with it (design 5).
 */
export const chat: Decider<ChatCommand, Chat, ChatEvent> = {
  initial: { kind: 'unseen' },
  decide: (command, state) => {
    const heard = heardOf(state)
    const facts = news(command, heard)
    switch (command.type) {
      case 'UpdateChat': return facts
      case 'RecordChat':
        return state.kind === 'opened' ? facts : [{ type: 'ChatOpened', chatId: command.chatId, heard: facts.reduce(evolveHeard, heard) }]
    }
  },
  evolve: (state, event) =>
    ({ kind: event.type === 'ChatOpened' || state.kind === 'opened' ? 'opened' : 'early', heard: evolveHeard(heardOf(state), event) }),
  contradicts: (command, state) => isMoved(command, heardOf(state)),
}
