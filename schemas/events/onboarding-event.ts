import * as t from 'io-ts'

const FirstMessage = t.type({ messageId: t.string, timestamp: t.number })

export const onboardingEvents = {
  OnboardingLogged: t.type({ onboardingId: t.string, agentId: t.string, phoneNumber: t.string, first: FirstMessage }),
  OnboardingDatedBack: t.type({ onboardingId: t.string, first: FirstMessage }),
}
