import type { Branded } from '../brand.ts'
import type { EpochSeconds } from '../time.ts'

/** `<agent>/<cleaned phone>`: one log entry per agent and phone, for good (contract 5.3, design 5). */
export type OnboardingId = Branded<string, 'OnboardingId'>

export interface FirstMessage {
  readonly messageId: string
  readonly timestamp: EpochSeconds
}

export type Onboarding =
  | { readonly kind: 'unseen' }
  | { readonly kind: 'logged'; readonly agentId: string; readonly phoneNumber: string; readonly first: FirstMessage }

export type OnboardingCommand =
  { readonly type: 'LogOnboarding'; readonly onboardingId: OnboardingId; readonly agentId: string; readonly phoneNumber: string
    readonly message: FirstMessage }

export type OnboardingEvent =
  | { readonly type: 'OnboardingLogged'; readonly onboardingId: OnboardingId; readonly agentId: string; readonly phoneNumber: string
      readonly first: FirstMessage }
  /** An earlier message turned up. */
  | { readonly type: 'OnboardingDatedBack'; readonly onboardingId: OnboardingId; readonly first: FirstMessage }
