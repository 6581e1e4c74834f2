import { expect } from 'chai'
import { postgresReads } from '../../../../adapters/outbound/postgres/finder-reads.ts'
import type { ReadModelStore } from '../../../../application/ports/read-model-store.ts'
import { aChatRow, aContactRow, aMessageRow, anAgentRow, anOnboardingRow } from '../../../support/read-model-rows.ts'
import { seedReadModels } from '../../../support/seed-read-models.ts'
import { openReadSide, type OpenReadSide } from '../../postgres/read-models/open-read-side.ts'
import { openApi } from '../ask-api.ts'

const INBOX = `query Inbox($first: Int) {
  company { companyId chatCount messageCount unreadCount ingestLagSeconds } freshness { name position factAt }
  chats(first: $first) { totalCount pageInfo { hasNextPage endCursor } edges { cursor node { id displayName unreadCount lastActivityAt snapshot
    lastMessage { id text content chat { jid } } contact { id } messages(last: 2) { edges { cursor node { messageId sentAt } } } } } }
  contacts { totalCount edges { node { id tags dob firstMessage { id } } } } agents { id status }
  onboardings { totalCount edges { node { id agent { id } message { text } } } }
}`

const fill = async (store: ReadModelStore): Promise<void> => {
  const seed = seedReadModels(store)
  await seed('chat_overview', { c1: aChatRow(2), c2: aChatRow(1), c3: aChatRow(1) })
  await seed('message_timeline', { m1: aMessageRow('c1', 1), m2: aMessageRow('c1', 5), m3: aMessageRow('c2', 5) })
  await seed('contact_card', { k1: aContactRow(), k2: { ...aContactRow() } })
  await seed('agent_board', { a1: anAgentRow() })
  await seed('onboarding_list', { 'a1/62812': anOnboardingRow(1) })
  await seed('chat_overview', { theirs: aChatRow(9) }, 'other')
}

describe('the API on PostgreSQL', () => {
  let side: OpenReadSide
  before(async () => {
    side = await openReadSide()
    await fill(side.store)
  })
  after(() => side.close())

  it('answers to the letter what it answers from memory, also many at once', async () => {
    const memory = openApi()
    await fill(memory.store)
    const { text: expected } = await memory.ask(INBOX, { first: 2 })
    const api = openApi({ openReads: postgresReads(side.database.orm) })
    const answers = await Promise.all(Array.from({ length: 20 }, () => api.ask(INBOX, { first: 2 })))
    expect(new Set(answers.map(({ text }) => text))).to.deep.equal(new Set([expected]))
    expect(api.bugs).to.deep.equal([])
    const open = `select 1 from pg_stat_activity where state like 'idle in transaction%' and datname = current_database()`
    expect(await side.look(open)).to.deep.equal([])
  })
  it('reads pages along their indexes', async () => {
    await side.look('set enable_seqscan = off')
    await side.look('set enable_sort = off')
    const plan = await side.look<Readonly<Record<string, string>>>(`explain select * from read.chat_overview
      where company_id = 'acme' and visible and (last_activity_at, chat_id) < (5, 'x') order by last_activity_at desc, chat_id desc limit 21`)
    expect(plan.map((row) => row['QUERY PLAN']).join('\n')).to.include('chat_overview_activity').and.not.include('Sort')
  })
})
