import type { OnboardingCommand, OnboardingEvent } from '../../../domain/onboarding/onboarding.ts'
import { onboarding } from '../../../domain/onboarding/decide.ts'
import { onboardingIdOf } from '../../../domain/onboarding/phone.ts'
import { aFirstMessage } from '../../support/a-contact.ts'
import { given } from '../../support/given.ts'

const who = { onboardingId: onboardingIdOf('a1', '62812'), agentId: 'a1', phoneNumber: '62812' }
const aLog = (minute: number, messageId?: string): OnboardingCommand =>
  ({ type: 'LogOnboarding', ...who, message: aFirstMessage(minute, messageId) })
const logged: OnboardingEvent = { type: 'OnboardingLogged', ...who, first: aFirstMessage(10, 'm5') }
const datedBack = (minute: number, messageId: string): OnboardingEvent =>
  ({ type: 'OnboardingDatedBack', onboardingId: who.onboardingId, first: aFirstMessage(minute, messageId) })

describe('onboarding', () => {
  it('logs a customer’s first message', () => { given(onboarding, []).when(aLog(10, 'm5')).then([logged]) })
  it('logs a customer once', () => {
    given(onboarding, [logged]).when(aLog(10, 'm5')).then([])
    given(onboarding, [logged]).when(aLog(11, 'm1')).then([])
  })
  it('is dated back when an earlier message turns up', () => { given(onboarding, [logged]).when(aLog(9, 'm9')).then([datedBack(9, 'm9')]) })
  it('takes the lower message id of two messages of one second', () => {
    given(onboarding, [logged]).when(aLog(10, 'm4')).then([datedBack(10, 'm4')])
    given(onboarding, [logged]).when(aLog(10, 'm6')).then([])
  })
})
