import { expect } from 'chai'
import { postgresReads } from '../../../../adapters/outbound/postgres/finder-reads.ts'
import { asReader } from '../../../../adapters/outbound/postgres/in-role.ts'
import { aToken } from '../../../support/a-token.ts'
import { INBOX_PAGE, TIMELINE_PAGE } from '../../../support/page-queries.ts'
import { planOf, type QueryPlan } from '../../../support/query-plan.ts'
import { sentStatements, type Sent } from '../../../support/sent-statements.ts'
import { withOpen } from '../../../support/with-database.ts'
import { openApi } from '../../graphql/ask-api.ts'
import { companyAt, filledDatabase } from './filled-database.ts'

const COMPANY = companyAt(3)
/** Begin, role and the page itself; what its rows lead to; commit. */
const PAGES = [
  { page: 'inbox', query: INBOX_PAGE, variables: {}, roundTrips: 3, reads: [['chat_overview', 'chat_overview_activity'],
    ['contact_card', 'contact_card_person'], ['message_timeline', 'message_timeline_pkey']] },
  { page: 'timeline', query: TIMELINE_PAGE, variables: { chatId: 'chat-7' }, roundTrips: 3, reads: [['chat_overview', 'chat_overview_pkey'],
    ['message_timeline', 'message_timeline_chat']] },
] as const

describe('a page', () => {
  const database = withOpen(filledDatabase)

  const asked = async (query: string, variables: object): Promise<Sent> => {
    const { orm } = database()
    const api = openApi({ openReads: postgresReads(orm) })
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${await aToken({ company: COMPANY })}` }
    return sentStatements(orm, async () => { expect((await api.ask(query, variables, headers)).codes).to.deep.equal([]) })
  }

  const plansOf = ({ statements }: Sent): Promise<ReadonlyArray<QueryPlan>> => asReader(database().orm, COMPANY, async (tx) => {
    const plans: QueryPlan[] = []
    for (const statement of statements) if (/ read\./.test(statement.text)) plans.push(await planOf(tx, statement))
    return plans
  })

  for (const { page, query, variables, roundTrips, reads } of PAGES) {
    it(`of the ${page} takes ${String(roundTrips)} round trips, whatever its size`, async () => {
      for (const first of [1, 50]) expect((await asked(query, { ...variables, first })).roundTrips).to.equal(roundTrips)
    })
    it(`of the ${page} is read along indexes and in their order`, async () => {
      const plans = await plansOf(await asked(query, { ...variables, first: 50 }))
      expect(plans.flatMap((plan) => plan.reads)).to.have.deep.members(reads)
      expect(plans.flatMap((plan) => plan.nodeTypes)).not.to.include('Sort')
    })
  }
})
