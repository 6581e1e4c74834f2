import type { Decider } from '../decider.ts'
import { precedes } from './first-message.ts'
import type { Onboarding, OnboardingCommand, OnboardingEvent } from './onboarding.ts'

/**
 * | field | merge | source |
 * |---|---|---|
 * | agent, phone | part of the identity, never change | contract 5.3 |
 * | message id, timestamp | together, minimum of (timestamp, message id) | design 5 |
 */
export const onboarding: Decider<OnboardingCommand, Onboarding, OnboardingEvent> = {
  initial: { kind: 'unseen' },
  decide: ({ onboardingId, agentId, phoneNumber, message }, state) => {
    if (state.kind === 'unseen') return [{ type: 'OnboardingLogged', onboardingId, agentId, phoneNumber, first: message }]
    return precedes(message, state.first) ? [{ type: 'OnboardingDatedBack', onboardingId, first: message }] : []
  },
  evolve: (state, event) => {
    switch (event.type) {
      case 'OnboardingLogged': return { kind: 'logged', agentId: event.agentId, phoneNumber: event.phoneNumber, first: event.first }
      case 'OnboardingDatedBack': return state.kind === 'unseen' ? state : { ...state, first: event.first }
    }
  },
}
