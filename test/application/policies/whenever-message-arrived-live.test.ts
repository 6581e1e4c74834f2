import { expect } from 'chai'
import { wheneverMessageArrivedLive } from '../../../application/policies/whenever-message-arrived-live.ts'
import type { CompanyId } from '../../../domain/company.ts'
import type { ContactId } from '../../../domain/contact/contact.ts'
import type { Greeting } from '../../../domain/message/message.ts'
import { aFact } from '../../support/a-fact.ts'
import { messageId } from '../../support/a-message.ts'
import { clock, live, minutes } from '../../support/an-observation.ts'

const policy = wheneverMessageArrivedLive((companyId, agentId, phone) => `${companyId}:${agentId}:${phone}` as ContactId)

const arrived = (fromPhone: string, more: Partial<Greeting> = {}) => aFact('message', messageId, {
  type: 'MessageArrivedLive', messageId, clock: clock(live(3)), greeting: { agentId: 'a1', fromPhone, timestamp: minutes(2), ...more },
})

const companyId = 'acme' as CompanyId
const told = { agentId: 'a1', phoneNumber: '62812', message: { messageId, timestamp: minutes(2) } }
const because = (item: number) => ({ type: 'policy', policy: 'onboarding', sequence: 7, item })

describe('whenever a message arrived live', () => {
  it('logs the customer and makes a contact of them, both under the cleaned phone number', () => {
    expect(policy.react(arrived('+62 (812)@s.whatsapp.net'))).to.deep.equal([
      { kind: 'onboarding', companyId, id: 'a1/62812', cause: because(0),
        command: { type: 'LogOnboarding', onboardingId: 'a1/62812', ...told } },
      { kind: 'contact', companyId, id: 'acme:a1:62812', cause: because(1),
        command: { type: 'OnboardContact', contactId: 'acme:a1:62812', ...told, clock: clock(live(3)) } },
    ])
  })
  it('hands the campaign on to the contact', () => {
    const campaign = { tags: 'promo', origin: 'ads' }
    expect(policy.react(arrived('62812', { campaign }))[1]?.command).to.include({ campaign })
  })
  it('does nothing when no phone number is left, for then there is nobody', () => {
    expect(policy.react(arrived(' ()'))).to.deep.equal([])
  })
  it('does nothing on any other fact', () => {
    expect(policy.react(aFact('message', messageId, { type: 'MessageFailed', messageId }))).to.deep.equal([])
  })
})
