import { sql } from 'kysely'
import type { AgentView, ContactView, OnboardingView, Reads } from '../../../application/ports/reads.ts'
import { attemptOwn } from './attempt.ts'
import { all, ordered, sliceOf, within, type Order } from './keyset.ts'
import { agentColumns, contactColumns, onboardingColumns, toView } from './read-views.ts'
import type { ReadsTransaction } from './reads-transaction.ts'

/** Contacts have no time to be ordered by. */
const BY_ID: Order = { at: sql`0::bigint`, id: sql`k.contact_id` }
const BY_FIRST_MESSAGE: Order = { at: sql`o."timestamp"`, id: sql`o.onboarding_id` }

export const contactFinder = ({ run }: ReadsTransaction): Pick<Reads, 'contacts' | 'contactsById' | 'contactsByPerson' | 'agents'> => ({
  contacts: (page, { agentId, status }) => attemptOwn(() => run(async (tx) => {
    const criteria = all([agentId === undefined ? undefined : sql`k.agent_id = ${agentId}`, status === undefined ? undefined : sql`k.status = ${status}`])
    const { rows } = await sql<object>`select ${contactColumns} from read.contact_card k where ${within(BY_ID, page)} and ${criteria} ${ordered(BY_ID, page)}`.execute(tx)
    return sliceOf(rows.map((row) => toView<ContactView>(row)), page)
  })),
  contactsById: (ids) => attemptOwn(() => run(async (tx) =>
    (await sql<object>`select ${contactColumns} from read.contact_card k where k.contact_id = any(${[...ids]}::text[])`.execute(tx))
      .rows.map((row) => toView<ContactView>(row)))),
  contactsByPerson: (people) => attemptOwn(() => run(async (tx) =>
    (await sql<object>`select ${contactColumns} from unnest(${people.map(({ agentId }) => agentId)}::text[], ${people.map(({ phoneNumber }) => phoneNumber)}::text[]) as p(agent_id, phone)
      join read.contact_card k on k.company_id = current_setting('app.company_id', true) and k.agent_id = p.agent_id and k.phone_number = p.phone`.execute(tx))
      .rows.map((row) => toView<ContactView>(row)))),
  agents: () => attemptOwn(() => run(async (tx) =>
    (await sql<object>`select ${agentColumns} from read.agent_board a order by a.agent_id`.execute(tx)).rows.map((row) => toView<AgentView>(row)))),
})

export const onboardingFinder = ({ run }: ReadsTransaction): Pick<Reads, 'onboardings' | 'onboardingsById'> => ({
  onboardings: (page, { agentId }) => attemptOwn(() => run(async (tx) => {
    const criteria = all([agentId === undefined ? undefined : sql`o.agent_id = ${agentId}`])
    const { rows } = await sql<object>`select ${onboardingColumns} from read.onboarding_list o
      where ${within(BY_FIRST_MESSAGE, page)} and ${criteria} ${ordered(BY_FIRST_MESSAGE, page)}`.execute(tx)
    return sliceOf(rows.map((row) => toView<OnboardingView>(row)), page)
  })),
  onboardingsById: (ids) => attemptOwn(() => run(async (tx) =>
    (await sql<object>`select ${onboardingColumns} from read.onboarding_list o where o.onboarding_id = any(${[...ids]}::text[])`.execute(tx))
      .rows.map((row) => toView<OnboardingView>(row)))),
})
