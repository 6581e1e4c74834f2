import { agentBoard } from './agent-board.ts'
import { chatOverview } from './chat-overview.ts'
import { contactCard } from './contact-card.ts'
import { messageTimeline } from './message-timeline.ts'
import { onboardingList } from './onboarding-list.ts'
import type { Projection } from './projection.ts'
import type { ProjectionName } from './read-models.ts'

export const projections: { readonly [N in ProjectionName]: Projection<N> } = {
  message_timeline: messageTimeline, chat_overview: chatOverview, contact_card: contactCard, agent_board: agentBoard,
  onboarding_list: onboardingList,
}
