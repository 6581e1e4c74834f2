import type { FoundAgent } from '../../../application/ports/agent-finder.ts'
import type { FoundFailedEvent } from '../../../application/ports/failed-event-finder.ts'
import type { FoundOnboarding } from '../../../application/ports/onboarding-finder.ts'
import type { FoundReplayJob } from '../../../application/ports/replay-job-finder.ts'
import type { ChatView, ContactView, MessageView } from './views.ts'

/** An object found by its global id, and its type's name. */
export type FoundNode =
  | ChatView & { readonly __typename: 'Chat' }
  | MessageView & { readonly __typename: 'Message' }
  | ContactView & { readonly __typename: 'Contact' }
  | FoundAgent & { readonly __typename: 'Agent' }
  | FoundOnboarding & { readonly __typename: 'Onboarding' }
  | FoundFailedEvent & { readonly __typename: 'FailedEvent' }
  | FoundReplayJob & { readonly __typename: 'ReplayJob' }
