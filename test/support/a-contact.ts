import type { Clock, Observation } from '../../domain/clock.ts'
import type { ContactCommand, ContactFields, ContactId } from '../../domain/contact/contact.ts'
import type { Campaign } from '../../domain/message/message.ts'
import type { FirstMessage } from '../../domain/onboarding/onboarding.ts'
import { minutes } from './an-observation.ts'

export const contactId = 'k1' as ContactId

export const aContact = (seen: Observation, fields: Partial<ContactFields> = {}, first?: FirstMessage): ContactCommand => ({
  type: 'RecordContact', contactId, seen, fields: { agentId: 'a1', phoneNumber: '62812', ...fields },
  ...(first === undefined ? {} : { first }),
})

export const aContactUpdate = (seen: Observation, fields: Partial<ContactFields>): ContactCommand =>
  ({ type: 'UpdateContact', contactId, seen, fields })

export const aFirstMessage = (minute: number, messageId = 'm1'): FirstMessage => ({ messageId, timestamp: minutes(minute) })

const messageAt = ({ sequence, at }: Clock): FirstMessage => ({ messageId: `m${String(sequence)}`, timestamp: at })

/** A customer's message, sent at its clock. */
export const aGreeting = (clock: Clock, campaign?: Campaign): ContactCommand => ({
  type: 'OnboardContact', contactId, agentId: 'a1', phoneNumber: '62812', message: messageAt(clock), clock,
  ...(campaign === undefined ? {} : { campaign }),
})

/** The oldest message of a customer, as the post-scan sync finds it. */
export const aFind = (clock: Clock): ContactCommand => ({ type: 'OnboardFromHistory', contactId, message: messageAt(clock), clock })
