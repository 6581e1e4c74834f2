import { onboarding } from '../../domain/onboarding/decide.ts'
import type { Projection } from './projection.ts'

/** Who became a customer by which message. */
export const onboardingList: Projection<'onboarding_list'> = {
  name: 'onboarding_list', kind: 'onboarding',
  evolve: (row, fact) => (fact.kind === 'onboarding' ? onboarding.evolve(row ?? onboarding.initial, fact.event) : row),
}
