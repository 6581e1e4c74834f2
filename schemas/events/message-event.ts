import * as t from 'io-ts'
import { Clock } from './clock.ts'
import { Registers } from './registers.ts'

/** JSON texts stay strings: nothing inside them is parsed, so large integers survive (contract 2.1). */
const MessageFields = Registers('MessageFields', {
  chatId: t.string, jid: t.string, flow: t.union([t.literal('IN'), t.literal('OUT')]), agentId: t.string,
  fromPhone: t.string, toPhone: t.string, key: t.string, timestamp: t.number,
  text: t.string, url: t.string, type: t.string, content: t.string, editedContent: t.string,
})
const Status = t.type({ word: t.string, clock: Clock })
const Greeting = t.intersection([
  t.type({ agentId: t.string, fromPhone: t.string, timestamp: t.number }),
  t.partial({ campaign: t.partial({ tags: t.string, assignedTo: t.string, origin: t.string }) }),
])

/** State of a message as facts and early facts carry it. */
export const MessageHeard = t.intersection([
  t.type({ fields: MessageFields, failed: t.boolean, deleted: t.boolean,
    greetings: t.array(t.type({ greeting: Greeting, first: Clock, last: Clock })) }),
  t.partial({ status: Status }),
])

export const messageEvents = {
  MessageRecorded: t.type({ messageId: t.string, heard: MessageHeard, firstSeen: Clock }),
  MessageRevised: t.type({ messageId: t.string, fields: MessageFields }),
  MessageDatedBack: t.type({ messageId: t.string, firstSeen: Clock }),
  MessageStatusAdvanced: t.type({ messageId: t.string, status: Status }),
  MessageFailed: t.type({ messageId: t.string }),
  MessageDeleted: t.type({ messageId: t.string }),
  MessageArrivedLive: t.type({ messageId: t.string, greeting: Greeting, clock: Clock }),
}
