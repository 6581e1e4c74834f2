/**
 * `followPolicy`, `relayDeadLetters`. Read side: `projectBatch` feeds the tables that the finders of `ports/reads.ts` answer from.
 */
export { handleBatch } from './commands/handle-batch.ts'
export { relayDeadLetters } from './commands/relay-dead-letters.ts'
export { followPolicy } from './policies/follow-policy.ts'
export { wheneverAliasTold } from './policies/whenever-alias-told.ts'
export { wheneverMessageArrivedLive } from './policies/whenever-message-arrived-live.ts'
export { agentBoard } from './projections/agent-board.ts'
export { chatOverview } from './projections/chat-overview.ts'
export { contactCard } from './projections/contact-card.ts'
export { messageTimeline } from './projections/message-timeline.ts'
export { onboardingList } from './projections/onboarding-list.ts'
export { projectBatch } from './projections/project-batch.ts'
