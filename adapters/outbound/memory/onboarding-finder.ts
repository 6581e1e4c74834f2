import * as TE from 'fp-ts/lib/TaskEither.js'
import type { FoundOnboarding, OnboardingConditions, OnboardingFinder } from '../../../application/ports/onboarding-finder.ts'
import type { Onboarding } from '../../../domain/onboarding/onboarding.ts'
import { meets, pageOf } from './finder-pages.ts'
import { keyedBy, viewsOf, type ReadableStore, type Visible } from './finder-rows.ts'

const toView = (onboardingId: string, row: Onboarding): FoundOnboarding | undefined => (row.kind === 'logged'
  ? { onboardingId, agentId: row.agentId, phoneNumber: row.phoneNumber, messageId: row.first.messageId, messageAt: row.first.timestamp }
  : undefined)

const meeting = ({ agentId, from, before }: OnboardingConditions) => (onboarding: FoundOnboarding): boolean =>
  meets(agentId, onboarding.agentId) && (from === undefined || onboarding.messageAt >= from)
    && (before === undefined || onboarding.messageAt < before)

export const memoryOnboardingFinder = (store: ReadableStore, visible: Visible): OnboardingFinder => {
  const found = (): ReadonlyArray<FoundOnboarding> => viewsOf(store, 'onboarding_list', visible, toView)
  return {
    page: (request, conditions) => TE.fromIO(() => pageOf(found().filter(meeting(conditions)),
      ({ messageAt, onboardingId }) => ({ at: messageAt, id: onboardingId }), request)),
    count: () => TE.fromIO(() => found().length),
    byIds: (onboardingIds) => TE.fromIO(() => keyedBy(found(), ({ onboardingId }) => onboardingId, onboardingIds)),
  }
}
