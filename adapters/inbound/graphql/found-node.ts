import type { FoundAgent } from '../../../application/ports/agent-finder.ts'
import type { FoundChat } from '../../../application/ports/chat-finder.ts'
import type { FoundContact } from '../../../application/ports/contact-finder.ts'
import type { FoundFailedEvent } from '../../../application/ports/failed-event-finder.ts'
import type { FoundMessage } from '../../../application/ports/message-finder.ts'
import type { FoundOnboarding } from '../../../application/ports/onboarding-finder.ts'
import type { FoundReplayJob } from '../../../application/ports/replay-job-finder.ts'

/** An object found by its global id, and its type's name. */
export type FoundNode =
  | FoundChat & { readonly __typename: 'Chat' }
  | FoundMessage & { readonly __typename: 'Message' }
  | FoundContact & { readonly __typename: 'Contact' }
  | FoundAgent & { readonly __typename: 'Agent' }
  | FoundOnboarding & { readonly __typename: 'Onboarding' }
  | FoundFailedEvent & { readonly __typename: 'FailedEvent' }
  | FoundReplayJob & { readonly __typename: 'ReplayJob' }
