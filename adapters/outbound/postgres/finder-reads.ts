import type { MikroORM } from '@mikro-orm/postgresql'
import type { OpenReads } from '../../../application/ports/finders.ts'
import { postgresAgentFinder } from './agent-finder.ts'
import { postgresChatFinder } from './chat-finder.ts'
import { postgresCompanyFinder } from './company-finder.ts'
import { postgresContactFinder } from './contact-finder.ts'
import { openReadSession } from './finder-session.ts'
import { postgresFreshnessFinder } from './freshness-finder.ts'
import { postgresMessageFinder } from './message-finder.ts'
import { postgresOnboardingFinder } from './onboarding-finder.ts'

/** The read side over PostgreSQL; `orm` may point at `READ_DATABASE_URL`. */
export const postgresReads = (orm: MikroORM): OpenReads => (companyId, limits) => {
  const session = openReadSession(orm, companyId, limits)
  return {
    chats: postgresChatFinder(session), messages: postgresMessageFinder(session), contacts: postgresContactFinder(session),
    agents: postgresAgentFinder(session), onboardings: postgresOnboardingFinder(session), company: postgresCompanyFinder(session),
    freshness: postgresFreshnessFinder(session), close: session.close,
  }
}
