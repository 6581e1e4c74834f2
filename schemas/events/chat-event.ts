import * as t from 'io-ts'
import { Arrival } from './clock.ts'
import { Registers } from './registers.ts'

const ChatFields = Registers('ChatFields', {
  jid: t.string, isGroup: t.boolean, notSpam: t.boolean, agentId: t.string, phoneNumber: t.string, pushName: t.string, groupName: t.string,
  customName: t.string, assignedTo: t.string, lastMessage: t.string, conversationTimestamp: t.number,
})
const Unread = t.intersection([
  t.type({ raised: t.array(Arrival) }), t.partial({ set: t.type({ count: t.number, at: Arrival }) })])

/** State of a chat as facts, early facts and rows carry it. */
export const ChatHeard = t.type({ fields: ChatFields, unread: Unread })

export const chatEvents = {
  ChatOpened: t.type({ chatId: t.string, heard: ChatHeard }),
  ChatRevised: t.type({ chatId: t.string, fields: ChatFields }),
  ChatUnreadSet: t.type({ chatId: t.string, count: t.number, at: Arrival }),
  ChatUnreadRaised: t.type({ chatId: t.string, at: Arrival }),
}
