import * as TE from 'fp-ts/lib/TaskEither.js'
import type { CompanyFinder } from '../../../application/ports/company-finder.ts'
import type { OpenReads } from '../../../application/ports/finders.ts'
import type { FreshnessFinder, ProjectionProgress } from '../../../application/ports/freshness-finder.ts'
import type { ProjectionName } from '../../../application/projections/read-models.ts'
import type { CompanyId } from '../../../domain/company.ts'
import { memoryAgentFinder } from './agent-finder.ts'
import { foundChats, memoryChatFinder } from './chat-finder.ts'
import { foundContacts, memoryContactFinder } from './contact-finder.ts'
import type { ReadableStore, Visible } from './finder-rows.ts'
import { foundMessages, memoryMessageFinder } from './message-finder.ts'
import { memoryOnboardingFinder } from './onboarding-finder.ts'

const NAMES: ReadonlyArray<ProjectionName> = ['agent_board', 'chat_overview', 'contact_card', 'message_timeline', 'onboarding_list']

const memoryFreshnessFinder = (store: ReadableStore): FreshnessFinder => ({
  all: () => TE.fromIO(() => NAMES.flatMap((name): ReadonlyArray<ProjectionProgress> => {
    const progress = store.progressOf(name)
    return progress === undefined ? [] : [{ name, ...progress }]
  })),
})

const memoryCompanyFinder = (store: ReadableStore, companyId: CompanyId): CompanyFinder => ({
  totals: () => TE.fromIO(() => {
    const chats = foundChats(store, { companyId })
    return {
      chats: chats.length, unread: chats.reduce((sum, { unreadCount }) => sum + unreadCount, 0),
      messages: foundMessages(store, { companyId }).length, contacts: foundContacts(store, { companyId }).length,
    }
  }),
})

/** The read side over the memory store, without indexes: for tests. */
export const memoryReads = (store: ReadableStore): OpenReads => (companyId, { agents } = {}) => {
  const visible: Visible = { companyId, ...(agents === undefined ? {} : { agents }) }
  return {
    chats: memoryChatFinder(store, visible), messages: memoryMessageFinder(store, visible), contacts: memoryContactFinder(store, visible),
    agents: memoryAgentFinder(store, visible), onboardings: memoryOnboardingFinder(store, visible),
    company: memoryCompanyFinder(store, companyId), freshness: memoryFreshnessFinder(store), close: () => Promise.resolve(),
  }
}
