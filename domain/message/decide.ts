import { clockOf, isAfter, type Clock } from '../clock.ts'
import type { Decider } from '../decider.ts'
import { winning, written, type MergeTable } from '../register.ts'
import { tells, toldOf, withTold } from './greeting.ts'
import type { Heard, Message, MessageCommand, MessageEvent, MessageFields, MessageId } from './message.ts'
import { climbs, isFailure } from './status.ts'

/** Contract 4.3 and 4.4 with design 5: identity and origin of a message are preserved, what it says may change. */
const MERGE: MergeTable<MessageFields> = {
  chatId: 'earliest', jid: 'earliest', flow: 'earliest', agentId: 'earliest', fromPhone: 'earliest', toPhone: 'earliest',
  key: 'earliest', timestamp: 'earliest',
  text: 'latest', url: 'latest', type: 'latest', content: 'latest', editedContent: 'latest',
}

const NOTHING: Heard = { fields: {}, failed: false, deleted: false, greetings: [] }

const heardOf = (state: Message): Heard => (state.kind === 'unseen' ? NOTHING : state.heard)

/** What a status word adds: a rung, or the flag that sending failed; nothing when a higher rung is known. */
const statusNews = ({ messageId, status: word }: MessageCommand, heard: Heard, clock: Clock): ReadonlyArray<MessageEvent> => {
  if (word === undefined) return []
  if (isFailure(word)) return heard.failed ? [] : [{ type: 'MessageFailed', messageId }]
  return climbs({ word, clock }, heard.status) ? [{ type: 'MessageStatusAdvanced', messageId, status: { word, clock } }] : []
}

/** The facts by which a command adds to what was heard; none when all of it is already so. */
const news = (command: MessageCommand, heard: Heard, clock: Clock): MessageEvent[] => {
  const { messageId } = command
  const facts: MessageEvent[] = []
  const fields = winning(MERGE, heard.fields, written<MessageFields>(command.fields, clock))
  if (fields !== undefined) facts.push({ type: 'MessageRevised', messageId, fields })
  facts.push(...statusNews(command, heard, clock))
  if (command.type === 'UpdateMessage' && command.deleted && !heard.deleted) facts.push({ type: 'MessageDeleted', messageId })
  return facts
}

const evolveHeard = (heard: Heard, event: MessageEvent): Heard => {
  switch (event.type) {
    case 'MessageRecorded': return event.heard
    case 'MessageRevised': return { ...heard, fields: { ...heard.fields, ...event.fields } }
    case 'MessageStatusAdvanced': return { ...heard, status: event.status }
    case 'MessageFailed': return { ...heard, failed: true }
    case 'MessageDeleted': return { ...heard, deleted: true }
    case 'MessageArrivedLive': return { ...heard, greetings: withTold(heard.greetings, event.greeting, event.clock) }
    case 'MessageDatedBack': return heard
  }
}

const record = (messageId: MessageId, facts: ReadonlyArray<MessageEvent>, state: Message, clock: Clock): ReadonlyArray<MessageEvent> => {
  if (state.kind !== 'recorded')
    return [{ type: 'MessageRecorded', messageId, heard: facts.reduce(evolveHeard, heardOf(state)), firstSeen: clock }]
  return isAfter(state.firstSeen, clock) ? [...facts, { type: 'MessageDatedBack', messageId, firstSeen: clock }] : facts
}

/**
 * | field | merge |
 * |---|---|
 * | chat, jid, flow, agent, from, to, key, timestamp | lowest clock; absent is filled |
 * | text, url, type, content | highest clock; absent never erases |
 * | edit | highest clock, beside the original |
 * | status | highest rung; `failed` is a sticky flag shown below delivered |
 * | deleted | sticky |
 * | first seen | lowest clock of its upserts; dates a message that was sent without a time |
 *
 * An update before its message is heard and waits; the message is recorded with it (design 5).
 */
export const message: Decider<MessageCommand, Message, MessageEvent> = {
  initial: { kind: 'unseen' },
  decide: (command, state) => {
    switch (command.type) {
      case 'UpdateMessage': return news(command, heardOf(state), clockOf(command.seen))
      case 'RecordMessage': {
        const clock = clockOf(command.seen, command.fields.timestamp)
        const recorded = record(command.messageId, news(command, heardOf(state), clock), state, clock)
        const greeting = tells(command, clock)
        if (greeting === undefined || toldOf(heardOf(state).greetings, greeting, clock)) return recorded
        return [...recorded, { type: 'MessageArrivedLive', messageId: command.messageId, greeting, clock }]
      }
    }
  },
  evolve: (state, event) => {
    const heard = evolveHeard(heardOf(state), event)
    if (event.type === 'MessageRecorded' || event.type === 'MessageDatedBack')
      return { kind: 'recorded', heard, firstSeen: event.firstSeen }
    return state.kind === 'recorded' ? { ...state, heard } : { kind: 'early', heard }
  },
}
