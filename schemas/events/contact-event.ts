import * as t from 'io-ts'
import { Clock } from './clock.ts'
import { Registers } from './registers.ts'

const textOrNull = t.union([t.string, t.null])

export const ContactFields = Registers('ContactFields', {
  agentId: t.string, phoneNumber: t.string, chatId: t.string, origin: t.string,
  type: t.union([t.literal('PERSONAL'), t.literal('AGENT'), t.literal('OTHER')]), pushName: t.string,
  customName: textOrNull, notes: textOrNull, tags: textOrNull, avatar: textOrNull, assignedTo: textOrNull, pob: textOrNull,
  dob: t.union([t.number, t.null]), gender: t.union([t.literal('MALE'), t.literal('FEMALE'), t.null]),
  status: t.union([t.literal('ACTIVE'), t.literal('DISABLED'), t.null]),
})
const FirstMessage = t.type({ messageId: t.string, timestamp: t.number })
const Welcome = t.type({ tags: t.string, clock: Clock })
const Approach = t.type({ message: FirstMessage, by: t.union([t.literal('campaign'), t.literal('history')]), clock: Clock })

/** State of a contact as facts, early facts and rows carry it. */
export const ContactHeard = t.intersection([
  t.type({ fields: ContactFields, welcomes: t.array(Welcome) }), t.partial({ first: FirstMessage, direct: Clock, approach: Approach })])

export const contactEvents = {
  ContactRecorded: t.type({ contactId: t.string, heard: ContactHeard }),
  ContactRevised: t.type({ contactId: t.string, fields: ContactFields }),
  ContactFirstMessageFound: t.type({ contactId: t.string, first: FirstMessage }),
  ContactWelcomed: t.type({ contactId: t.string, welcome: Welcome }),
  ContactWroteDirectly: t.type({ contactId: t.string, clock: Clock }),
  ContactApproached: t.type({ contactId: t.string, approach: Approach }),
}
