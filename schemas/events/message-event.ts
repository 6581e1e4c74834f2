import * as t from 'io-ts'
import { Clock } from './clock.ts'
import { record } from './record.ts'
import { Registers } from './registers.ts'

/** JSON texts stay strings: nothing inside them is parsed, so large integers survive (contract 2.1). */
const MessageFields = Registers('MessageFields', {
  chatId: t.string, jid: t.string, flow: t.union([t.literal('IN'), t.literal('OUT')]), agentId: t.string,
  fromPhone: t.string, toPhone: t.string, key: t.string, timestamp: t.number,
  text: t.string, url: t.string, type: t.string, content: t.string, editedContent: t.string,
})
const Status = record('Status', { word: t.string, clock: Clock })
const Campaign = record('Campaign', {}, { tags: t.string, assignedTo: t.string, origin: t.string })
const Greeting = record('Greeting', { agentId: t.string, fromPhone: t.string, timestamp: t.number }, { campaign: Campaign })

/** Greetings with the first and the last event that told them, as facts, early facts and rows carry them. */
export const Greetings = t.array(record('Told', { greeting: Greeting, first: Clock, last: Clock }))

/** State of a message as facts and early facts carry it. */
export const MessageHeard = record('MessageHeard',
  { fields: MessageFields, failed: t.boolean, deleted: t.boolean, greetings: Greetings }, { status: Status })

export const messageEvents = {
  MessageRecorded: record('MessageRecorded', { messageId: t.string, heard: MessageHeard, firstSeen: Clock }),
  MessageRevised: record('MessageRevised', { messageId: t.string, fields: MessageFields }),
  MessageDatedBack: record('MessageDatedBack', { messageId: t.string, firstSeen: Clock }),
  MessageStatusAdvanced: record('MessageStatusAdvanced', { messageId: t.string, status: Status }),
  MessageFailed: record('MessageFailed', { messageId: t.string }),
  MessageDeleted: record('MessageDeleted', { messageId: t.string }),
  MessageArrivedLive: record('MessageArrivedLive', { messageId: t.string, greeting: Greeting, clock: Clock }),
}
