import { expect } from 'chai'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { toGlobalId } from '../../../adapters/inbound/graphql/global-id.ts'
import { memoryReads } from '../../../adapters/outbound/memory/finder-reads.ts'
import { memoryReadModelStore } from '../../../adapters/outbound/memory/read-model-store.ts'
import type { OpenReads, Reads } from '../../../application/ports/finders.ts'
import type { JsonText } from '../../../domain/brand.ts'
import type { CompanyId } from '../../../domain/company.ts'
import { written } from '../../../domain/register.ts'
import { aToken } from '../../support/a-token.ts'
import { clock, live, minutes } from '../../support/an-observation.ts'
import { aChatRow, aContactRow, aMessageRow, anAgentRow, anOnboardingRow } from '../../support/read-model-rows.ts'
import { seedReadModels, SEEDED_AT } from '../../support/seed-read-models.ts'
import { openApi, type Api } from './ask-api.ts'

const noon = (minute: number): string => new Date(minutes(minute) * 1_000).toISOString()

const aDirectChat = (): ReturnType<typeof aChatRow> => ({ kind: 'opened', heard: {
  fields: written({ jid: 'j2', agentId: 'a1', phoneNumber: '62812', pushName: 'Bob' }, clock(live(1))), unread: { raised: [] },
} })

const seeded = async (company = 'acme', api = openApi()): Promise<Api> => {
  const seed = seedReadModels(api.store)
  await seed('chat_overview', { c1: aChatRow(2), c2: aDirectChat() }, company)
  await seed('message_timeline', { m1: aMessageRow('c1', 1), m2: aMessageRow('c1', 5), lost: aMessageRow('c9', 1) }, company)
  await seed('contact_card', { k1: aContactRow() }, company)
  await seed('agent_board', { a1: anAgentRow() }, company)
  await seed('onboarding_list', { 'a1/62812': anOnboardingRow(1) }, company)
  return api
}

const EVERYTHING = `{
  company { companyId chatCount messageCount unreadCount ingestLagSeconds }
  chat(chatId: "c1") { id chatId jid phoneNumber displayName isGroup groupName notSpam unreadCount lastActivityAt lastMessage { messageId } }
  direct: chat(chatId: "c2") { displayName lastMessage { id } lastActivityAt contact { contactId } snapshot }
  message(messageId: "lost") { id chatId chat { id } flow status failed type text mediaUrl mediaType sentAt editedAt isDeleted }
  contact(agentId: "a1", phoneNumber: "62812") { tags dob status firstMessage { messageId } firstMessageAt chat { id } }
  agents { agentId status agentName }
  onboardings { edges { node { agent { agentId } message { messageId } messageAt } } }
  freshness { name position factAt ageSeconds }
}`

const ANSWER = {
  company: { companyId: 'acme', chatCount: 2, messageCount: 3, unreadCount: 2, ingestLagSeconds: 1 },
  chat: {
    id: toGlobalId('Chat', 'c1'), chatId: 'c1', jid: 'j', phoneNumber: null, displayName: 'team', isGroup: true, groupName: 'team',
    notSpam: false, unreadCount: 2, lastActivityAt: noon(5), lastMessage: { messageId: 'm2' },
  },
  direct: { displayName: 'Bob', lastMessage: null, lastActivityAt: null, contact: { contactId: 'k1' }, snapshot: null },
  message: {
    id: toGlobalId('Message', 'lost'), chatId: 'c9', chat: null, flow: 'IN', status: 'failed', failed: true, type: 'conversation',
    text: 'hello\n"', mediaUrl: 'https://example.org/x', mediaType: 'conversation', sentAt: noon(1), editedAt: noon(1), isDeleted: false,
  },
  contact: {
    tags: ['Onboarded', 'promo'], dob: '2025-06-23', status: 'ACTIVE', firstMessage: { messageId: 'm1' }, firstMessageAt: noon(1),
    chat: null,
  },
  agents: [{ agentId: 'a1', status: 'connected', agentName: null }],
  onboardings: { edges: [{ node: { agent: { agentId: 'a1' }, message: { messageId: 'm1' }, messageAt: noon(1) } }] },
  freshness: ['agent_board 1', 'chat_overview 2', 'contact_card 1', 'message_timeline 3', 'onboarding_list 1'].map((text) => {
    const [name, seq] = text.split(' ')
    return { name, position: `1/1/${seq ?? ''}`, factAt: new Date(SEEDED_AT).toISOString(), ageSeconds: Number(seq) }
  }),
}

describe('answers', () => {
  it('hold everything, interpreted and compiled alike', async () => {
    const api = await seeded()
    for (const _ of ['interpreted', 'compiled', 'compiled again']) {
      const { data, codes } = await api.ask(EVERYTHING)
      expect({ data, codes }).to.deep.equal({ data: ANSWER, codes: [] })
    }
    expect(api.bugs).to.deep.equal([])
  })
  it('prefer the contact\'s own name for a chat', async () => {
    const api = await seeded()
    await seedReadModels(api.store)('contact_card', { k1: { kind: 'known', heard: {
      fields: written({ agentId: 'a1', phoneNumber: '62812', customName: 'Robert' }, clock(live(1))), welcomes: [],
    } } })
    expect((await api.ask('{ chat(chatId: "c2") { displayName } }')).data).to.deep.equal({ chat: { displayName: 'Robert' } })
  })
  it('keep every digit of JSON numbers, whatever JavaScript makes of them', async () => {
    const api = await seeded()
    const numbers = '[9007199254740993,-0.10,1e400,12345678901234567890.123456789]'
    const content = `{"a":${numbers},"s":"9007199254740993","n":null,"__proto__":1}` as JsonText
    const { heard } = aMessageRow('c1', 1) as Extract<ReturnType<typeof aMessageRow>, { readonly kind: 'recorded' }>
    await seedReadModels(api.store)('message_timeline', {
      big: aMessageRow('c1', 1, { fields: { ...heard.fields, ...written({ content }, clock(live(1))) } }),
    })
    for (const _ of ['interpreted', 'compiled', 'compiled again']) {
      const { text } = await api.ask('{ message(messageId: "big") { content } }')
      expect(text).to.equal(`{"data":{"message":{"content":${content}}}}`)
    }
  })
})

describe('global ids', () => {
  const ids = [
    toGlobalId('Chat', 'c1'), toGlobalId('Message', 'm1'), toGlobalId('Contact', 'k1'), toGlobalId('Agent', 'a1'),
    toGlobalId('Onboarding', 'a1/62812'), toGlobalId('Chat', 'unknown'), 'x', '', toGlobalId('Chat', 'c1') + '=',
    Buffer.from('Company:acme').toString('base64url'),
  ]
  const NODES = 'query N($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Chat { jid } ... on Message { text } } }'
  it('find their objects; what is unknown or was not made here is null', async () => {
    const api = await seeded()
    for (const _ of ['interpreted', 'compiled']) {
      const { data } = await api.ask(NODES, { ids })
      const { nodes } = data as unknown as { readonly nodes: ReadonlyArray<{ readonly __typename: string } | null> }
      expect(nodes.map((node) => node?.__typename))
        .to.deep.equal(['Chat', 'Message', 'Contact', 'Agent', 'Onboarding', undefined, undefined, undefined, undefined, undefined])
    }
    const { data } = await api.ask(`{ node(id: "${ids[0] ?? ''}") { id } missing: node(id: "x") { id } }`)
    expect(data).to.deep.equal({ node: { id: ids[0] }, missing: null })
  })
  it('of more than 100 objects at once are refused', async () => {
    expect((await openApi().ask(NODES, { ids: Array.from({ length: 101 }, () => 'x') })).codes).to.deep.equal(['BAD_USER_INPUT'])
  })
})

describe('a company', () => {
  it('sees nothing of another, whatever it asks for and by which id', async () => {
    const api = await seeded('other')
    const { data, codes } = await api.ask(`query Q($ids: [ID!]!) { company { companyId chatCount messageCount unreadCount }
      chats { edges { node { id } } totalCount } chat(chatId: "c1") { id } message(messageId: "m1") { id } agents { id } agent(agentId: "a1") { id }
      contacts { edges { node { id } } totalCount } contact(agentId: "a1", phoneNumber: "62812") { id }
      onboardings { edges { node { id } } totalCount } nodes(ids: $ids) { id } }`, {
      ids: [toGlobalId('Chat', 'c1'), toGlobalId('Message', 'm1'), toGlobalId('Contact', 'k1'), toGlobalId('Agent', 'a1')],
    })
    const none = { edges: [], totalCount: 0 }
    expect({ data, codes }).to.deep.equal({ codes: [], data: {
      company: { companyId: 'acme', chatCount: 0, messageCount: 0, unreadCount: 0 }, chats: none, chat: null, message: null,
      agents: [], agent: null, contacts: none, contact: null, onboardings: none, nodes: [null, null, null, null],
    } })
    const authorization = `Bearer ${await aToken({ company: 'other' as CompanyId })}`
    expect((await api.ask('{ chat(chatId: "c1") { chatId } }', {}, { authorization })).data).to.deep.equal({ chat: { chatId: 'c1' } })
  })
})

describe('failures', () => {
  const over = (more: Partial<Reads>): OpenReads => (companyId) => ({ ...memoryReads(memoryReadModelStore())(companyId), ...more })
  const agents = (all: Reads['agents']['all']): Partial<Reads> => ({ agents: { all, byIds: () => TE.right(new Map()) } })
  const asked = (more: Partial<Reads>): ReturnType<Api['ask']> => openApi({ openReads: over(more) }).ask('{ agents { id } }')

  it('of the store are told apart: busy, and too slow', async () => {
    const cause = new Error('password=hunter2')
    expect(await asked(agents(() => TE.left({ type: 'Unavailable', cause })))).to.deep.include({ status: 200, codes: ['UNAVAILABLE'] })
    expect(await asked(agents(() => TE.left({ type: 'TooSlow' })))).to.deep.include({ status: 200, codes: ['TIMEOUT'] })
  })
  it('of ours are masked, interpreted and compiled; only we are told', async () => {
    const cause = new Error('postgres://user:hunter2@db')
    const api = openApi({ openReads: over(agents(() => () => Promise.reject(cause))) })
    for (const _ of ['interpreted', 'compiled']) {
      const { codes, messages, text } = await api.ask('{ agents { id } }')
      expect({ codes, messages }).to.deep.equal({ codes: ['INTERNAL_SERVER_ERROR'], messages: ['Unexpected error.'] })
      expect(text).to.include('correlationId').and.not.include('hunter2')
    }
    expect(api.bugs).to.deep.equal([cause, cause])
  })
  it('still end the transaction, and a refused query never begins one', async () => {
    const ended: string[] = []
    const close = (): Promise<void> => Promise.resolve(void ended.push('closed'))
    await asked({ ...agents(() => () => Promise.reject(new Error('x'))), close })
    await asked({ ...agents(() => TE.right([])), close })
    expect(ended).to.deep.equal(['closed', 'closed'])
  })
})
