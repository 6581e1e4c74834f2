import type { Found, Page, PageRequest } from './finder-page.ts'

/** A customer's first message to an agent. */
export interface FoundOnboarding {
  /** `<agent>/<cleaned phone>`. */
  readonly onboardingId: string
  readonly agentId: string
  /** Cleaned: digits only. */
  readonly phoneNumber: string
  readonly messageId: string
  /** Seconds since 1970. */
  readonly messageAt: number
}

/** An absent condition lets everything through; `from` is included, `before` is not. */
export interface OnboardingConditions { readonly agentId?: string; readonly from?: number; readonly before?: number }

/** Contract: test/contract/finders.contract.ts */
export interface OnboardingFinder {
  /** Ordered by (messageAt, onboardingId), latest first. */
  readonly page: (request: PageRequest, conditions: OnboardingConditions) => Found<Page<FoundOnboarding>>
  /** How many there are. */
  readonly count: () => Found<number>
  /** By onboarding id; unknown ones are absent. */
  readonly byIds: (onboardingIds: ReadonlyArray<string>) => Found<ReadonlyMap<string, FoundOnboarding>>
}
