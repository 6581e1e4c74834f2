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

/** A customer's message, sent at its clock. */
export const aGreeting = (clock: Clock, campaign?: Campaign): ContactCommand => ({
  type: 'OnboardContact', contactId, agentId: 'a1', phoneNumber: '62812',
  message: { messageId: `m${String(clock.sequence)}`, timestamp: clock.at }, clock, ...(campaign === undefined ? {} : { campaign }),
})
