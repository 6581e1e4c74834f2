import { cleanPhone, onboardingIdOf } from '../../domain/onboarding/phone.ts'
import type { ContactIdOf } from '../ports/contact-ids.ts'
import { causedBy, type Policy } from './policy.ts'

const NAME = 'onboarding'

/** Contract 5.3: the log of first messages, and the contact that the customer becomes. */
export const wheneverMessageArrivedLive = (contactIdOf: ContactIdOf): Policy => ({
  name: NAME, kind: 'message', types: ['MessageArrivedLive'],
  react: (fact) => {
    if (fact.kind !== 'message' || fact.event.type !== 'MessageArrivedLive') return []
    const { companyId, event: { messageId, clock, greeting: { agentId, fromPhone, timestamp, campaign } } } = fact
    const phoneNumber = cleanPhone(fromPhone)
    if (phoneNumber === undefined) return []
    const message = { messageId, timestamp }
    const onboardingId = onboardingIdOf(agentId, phoneNumber)
    const contactId = contactIdOf(companyId, agentId, phoneNumber)
    return [
      { kind: 'onboarding', companyId, id: onboardingId, cause: causedBy(NAME, fact, 0),
        command: { type: 'LogOnboarding', onboardingId, agentId, phoneNumber, message } },
      { kind: 'contact', companyId, id: contactId, cause: causedBy(NAME, fact, 1),
        command: { type: 'OnboardContact', contactId, agentId, phoneNumber, message, clock, ...(campaign && { campaign }) } },
    ]
  },
})
