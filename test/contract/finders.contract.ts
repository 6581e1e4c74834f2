import { expect } from 'chai'
import { NO_TOTALS } from '../../application/ports/company-totals.ts'
import type { Found, Page, PageRequest, Place } from '../../application/ports/finder-page.ts'
import type { OpenReads, ReadLimits, Reads } from '../../application/ports/finders.ts'
import { personKey } from '../../application/ports/contact-finder.ts'
import type { ReadModelStore } from '../../application/ports/read-model-store.ts'
import type { Chat, ChatFields } from '../../domain/chat/chat.ts'
import type { CompanyId } from '../../domain/company.ts'
import { written } from '../../domain/register.ts'
import { clock, live } from '../support/an-observation.ts'
import { aChatRow, aContactRow, aMessageRow, anAgentRow, anOnboardingRow, minutes } from '../support/read-model-rows.ts'
import { rightOf } from '../support/right-of.ts'
import { SEEDED_AT, seedReadModels } from '../support/seed-read-models.ts'

/** An empty read side, and the finders over it. */
export interface FindableSide { readonly store: ReadModelStore; readonly openReads: OpenReads }

const aReadChat: Chat = { kind: 'opened', heard: { fields: written<ChatFields>({ jid: 'j' }, clock(live(1))), unread: { raised: [] } } }

type Open = () => Promise<FindableSide>

const BIG = '{"n": 9007199254740993}'
/** Ids of rows with one time; in this order in a list, which compares bytes. */
const TIED = ['😀', 'é', 'b', 'a', 'B', '10', '1']

const reading = async <A>(
  { openReads }: FindableSide, work: (reads: Reads) => Promise<A>, company = 'acme', limits: ReadLimits = {},
): Promise<A> => {
  const reads = openReads(company as CompanyId, limits)
  try {
    return await work(reads)
  } finally {
    await reads.close()
  }
}

/** Every page of a list, one after the other, from either end; ids in the order they came. */
const walked = async <Row>(
  page: (request: PageRequest) => Found<Page<Row>>, placeOf: (row: Row) => Place, { from, size }: Pick<PageRequest, 'from' | 'size'>,
): Promise<ReadonlyArray<ReadonlyArray<string>>> => {
  const pages: ReadonlyArray<string>[] = []
  let request: PageRequest = { from, size }
  for (;;) {
    const { rows, more } = await rightOf(page(request))
    pages.push(rows.map((row) => placeOf(row).id))
    const last = from === 'start' ? rows.at(-1) : rows[0]
    if (!more || last === undefined) return pages
    request = { from, size, [from === 'start' ? 'after' : 'before']: placeOf(last) }
  }
}

const findsChats = (open: Open): void => {
  const chatPlace = ({ lastActivityAt, chatId }: { readonly lastActivityAt: number; readonly chatId: string }): Place =>
    ({ at: lastActivityAt, id: chatId })
  const tied = async (): Promise<FindableSide> => {
    const side = await open()
    await seedReadModels(side.store)('chat_overview', Object.fromEntries(TIED.map((id) => [id, aChatRow(1)])))
    await seedReadModels(side.store)('message_timeline', { m1: aMessageRow('a', 9) })
    return side
  }
  it('orders chats by last activity, then by the bytes of their ids, and pages through ties forward without skip or repeat', async () => {
    const pages = await reading(await tied(), ({ chats }) =>
      walked((request) => chats.page(request, {}), chatPlace, { from: 'start', size: 2 }))
    expect(pages).to.deep.equal([['a', '😀'], ['é', 'b'], ['B', '10'], ['1']])
  })
  it('pages through them backward', async () => {
    const pages = await reading(await tied(), ({ chats }) =>
      walked((request) => chats.page(request, {}), chatPlace, { from: 'end', size: 3 }))
    expect(pages).to.deep.equal([['B', '10', '1'], ['😀', 'é', 'b'], ['a']])
  })
  it('reads between two places', async () => {
    const page = await reading(await tied(), ({ chats }) => rightOf(chats.page(
      { from: 'start', size: 9, after: { at: minutes(3), id: 'é' }, before: { at: minutes(3), id: '10' } }, {})))
    expect(page.rows.map(({ chatId }) => chatId)).to.deep.equal(['b', 'B'])
  })
  it('tells all of a chat, the last message by time and then id among it', async () => {
    const side = await open()
    await seedReadModels(side.store)('chat_overview', { c1: aChatRow(2) })
    await seedReadModels(side.store)('message_timeline', { m2: aMessageRow('c1', 5), m1: aMessageRow('c1', 5), m3: aMessageRow('c1', 4) })
    const found = await reading(side, ({ chats }) => rightOf(chats.byIds(['c1', 'c2'])))
    expect([...found]).to.deep.equal([['c1', {
      chatId: 'c1', jid: 'j', isGroup: true, groupName: 'team', notSpam: false, unreadCount: 2, snapshot: BIG, lastMessageId: 'm2',
      lastActivityAt: minutes(5),
    }]])
  })
  it('does not show a chat of which only messages are known', async () => {
    const side = await open()
    await seedReadModels(side.store)('message_timeline', { m1: aMessageRow('c9', 1) })
    const [byId, page] = await reading(side, async ({ chats }) =>
      [await rightOf(chats.byIds(['c9'])), await rightOf(chats.page({ from: 'start', size: 5 }, {}))] as const)
    expect([byId.size, page]).to.deep.equal([0, { rows: [], more: false }])
  })
  it('lets through only what meets every condition', async () => {
    const side = await open()
    await seedReadModels(side.store)('chat_overview', { read: aReadChat, unread: aChatRow(3) })
    const idsOf = (conditions: object): Promise<ReadonlyArray<string>> => reading(side, async ({ chats }) =>
      (await rightOf(chats.page({ from: 'start', size: 9 }, conditions))).rows.map(({ chatId }) => chatId))
    expect(await idsOf({ unread: true, isGroup: true })).to.deep.equal(['unread'])
    expect(await idsOf({ unread: false, notSpam: false })).to.deep.equal(['read'])
    expect(await idsOf({ agentId: 'nobody' })).to.deep.equal([])
    expect(await idsOf({ assignedTo: 'nobody' })).to.deep.equal([])
  })
}

const findsMessages = (open: Open): void => {
  it('gives each asked chat its own page in one go', async () => {
    const side = await open()
    await seedReadModels(side.store)('message_timeline', {
      m1: aMessageRow('c1', 1), m2: aMessageRow('c1', 2), m3: aMessageRow('c1', 3), n1: aMessageRow('c2', 1),
    })
    const pages = await reading(side, ({ messages }) => rightOf(messages.pages(['c1', 'c2', 'c3'], { from: 'start', size: 2 }, {})))
    expect([...pages].map(([chatId, { rows, more }]) => [chatId, rows.map(({ messageId }) => messageId), more])).to.deep.equal(
      [['c1', ['m3', 'm2'], true], ['c2', ['n1'], false], ['c3', [], false]])
  })
  it('tells all of a message, JSON digit by digit', async () => {
    const side = await open()
    await seedReadModels(side.store)('message_timeline', { m1: aMessageRow('c1', 1) })
    const found = await reading(side, ({ messages }) => rightOf(messages.byIds(['m1', 'm2'])))
    expect([...found]).to.deep.equal([['m1', {
      messageId: 'm1', chatId: 'c1', jid: 'j', flow: 'IN', agentId: 'a1', fromPhone: '62812', sentAt: minutes(1), text: 'hello\n"',
      type: 'conversation', mediaUrl: 'https://example.org/x', content: BIG, editedContent: BIG, editedAt: minutes(1),
      status: 'failed', failed: true, isDeleted: false,
    }]])
  })
  it('bounds times below inclusively and above exclusively, and knows flow and type', async () => {
    const side = await open()
    await seedReadModels(side.store)('message_timeline', { m1: aMessageRow('c1', 1), m2: aMessageRow('c1', 2), m3: aMessageRow('c1', 3) })
    const idsOf = (conditions: object): Promise<ReadonlyArray<string> | undefined> => reading(side, async ({ messages }) =>
      (await rightOf(messages.pages(['c1'], { from: 'end', size: 9 }, conditions))).get('c1')?.rows.map(({ messageId }) => messageId))
    expect(await idsOf({ sentFrom: minutes(2), sentBefore: minutes(3) })).to.deep.equal(['m2'])
    expect(await idsOf({ flow: 'IN', type: 'conversation' })).to.deep.equal(['m3', 'm2', 'm1'])
    expect(await idsOf({ flow: 'OUT' })).to.deep.equal([])
  })
}

const findsPeople = (open: Open): void => {
  it('finds contacts by id and by agent and phone number', async () => {
    const side = await open()
    await seedReadModels(side.store)('contact_card', { k1: aContactRow() })
    const person = { agentId: 'a1', phoneNumber: '62812' }
    const [byId, byPerson] = await reading(side, async ({ contacts }) => [
      await rightOf(contacts.byIds(['k1', 'k2'])),
      await rightOf(contacts.byPersons([person, { agentId: 'a2', phoneNumber: '62812' }])),
    ] as const)
    const found = {
      contactId: 'k1', agentId: 'a1', phoneNumber: '62812', type: 'PERSONAL', dob: '2025-06-23', origin: 'DirectChat',
      tags: 'Onboarded,promo', status: 'ACTIVE', firstMessageId: 'm1', firstMessageAt: minutes(1),
    }
    expect([...byId]).to.deep.equal([['k1', found]])
    expect([...byPerson]).to.deep.equal([[personKey(person), found]])
  })
  it('pages through contacts and lets through what meets the conditions', async () => {
    const side = await open()
    await seedReadModels(side.store)('contact_card', { k1: aContactRow(), k2: aContactRow(), k3: aContactRow() })
    const placeOf = ({ firstMessageAt = 0, contactId }: { readonly firstMessageAt?: number; readonly contactId: string }): Place =>
      ({ at: firstMessageAt, id: contactId })
    const pages = await reading(side, ({ contacts }) => walked(
      (request) => contacts.page(request, { agentId: 'a1', status: 'ACTIVE', type: 'PERSONAL' }), placeOf, { from: 'start', size: 2 }))
    expect(pages).to.deep.equal([['k3', 'k2'], ['k1']])
    const none = await reading(side, ({ contacts }) => rightOf(contacts.page({ from: 'end', size: 2 }, { status: 'DISABLED' })))
    expect(none.rows).to.deep.equal([])
  })
  it('finds agents, in the order of their ids', async () => {
    const side = await open()
    await seedReadModels(side.store)('agent_board', { b: anAgentRow(), a: anAgentRow() })
    const [all, byId] = await reading(side, async ({ agents }) =>
      [await rightOf(agents.all(9)), await rightOf(agents.byIds(['b', 'c']))] as const)
    expect(all).to.deep.equal([{ agentId: 'a', status: 'connected' }, { agentId: 'b', status: 'connected' }])
    expect([...byId]).to.deep.equal([['b', { agentId: 'b', status: 'connected' }]])
  })
  it('finds onboardings by id, by time and by agent', async () => {
    const side = await open()
    await seedReadModels(side.store)('onboarding_list', { 'a1/1': anOnboardingRow(1), 'a1/2': anOnboardingRow(2) })
    const [byId, count, page] = await reading(side, async ({ onboardings }) => [
      await rightOf(onboardings.byIds(['a1/1'])), await rightOf(onboardings.count()),
      await rightOf(onboardings.page({ from: 'start', size: 9 }, { agentId: 'a1', from: minutes(2), before: minutes(3) })),
    ] as const)
    const found = { onboardingId: 'a1/1', agentId: 'a1', phoneNumber: '62812', messageId: 'm1', messageAt: minutes(1) }
    expect([[...byId], count]).to.deep.equal([[['a1/1', found]], 2])
    expect(page.rows.map(({ onboardingId }) => onboardingId)).to.deep.equal(['a1/2'])
  })
}

const findsSums = (open: Open): void => {
  it('counts what a company has', async () => {
    const side = await open()
    const seed = seedReadModels(side.store)
    await seed('chat_overview', { c1: aChatRow(2), c2: aChatRow(3) })
    await seed('message_timeline', { m1: aMessageRow('c1', 1) })
    await seed('contact_card', { k1: aContactRow() })
    expect(await reading(side, ({ company }) => rightOf(company.totals()))).to.deep.equal({ chats: 2, messages: 1, contacts: 1, unread: 5 })
    expect(await reading(side, ({ company }) => rightOf(company.totals()), 'new')).to.deep.equal(NO_TOTALS)
  })
  it('tells how far each projection has come', async () => {
    const side = await open()
    await seedReadModels(side.store)('agent_board', { a: anAgentRow() })
    expect(await reading(side, ({ freshness }) => rightOf(freshness.all()))).to.deep.equal(
      [{ name: 'agent_board', position: { epoch: 1, xid: 1, seq: 1 }, factAt: SEEDED_AT }])
  })
  it('finds nothing of another company', async () => {
    const side = await open()
    const seed = seedReadModels(side.store)
    await seed('chat_overview', { c1: aChatRow(2) }, 'other')
    await seed('message_timeline', { m1: aMessageRow('c1', 1) }, 'other')
    await seed('contact_card', { k1: aContactRow() }, 'other')
    await seed('agent_board', { a1: anAgentRow() }, 'other')
    await seed('onboarding_list', { 'a1/1': anOnboardingRow(1) }, 'other')
    const first: PageRequest = { from: 'start', size: 9 }
    const found = await reading(side, async ({ chats, messages, contacts, agents, onboardings }) => [
      await rightOf(chats.byIds(['c1'])), new Set((await rightOf(chats.page(first, {}))).rows),
      await rightOf(messages.byIds(['m1'])), new Set((await rightOf(messages.pages(['c1'], first, {}))).get('c1')?.rows),
      await rightOf(contacts.byIds(['k1'])), await rightOf(contacts.byPersons([{ agentId: 'a1', phoneNumber: '62812' }])),
      new Set((await rightOf(contacts.page(first, {}))).rows), await rightOf(agents.byIds(['a1'])), new Set(await rightOf(agents.all(9))),
      await rightOf(onboardings.byIds(['a1/1'])), new Set((await rightOf(onboardings.page(first, {}))).rows),
    ])
    expect(found.map(({ size }) => size)).to.deep.equal(found.map(() => 0))
  })
}

const findsForSomeAgents = (open: Open): void => {
  /** Everything that finders find of an agent: ids, each kind by each way. */
  const idsFoundBy = (side: FindableSide, agents: ReadonlyArray<string>) => reading(side, async (reads) => {
    const first: PageRequest = { from: 'start', size: 9 }
    const person = [{ agentId: 'a1', phoneNumber: '62812' }]
    return [
      (await rightOf(reads.chats.page(first, {}))).rows.map(({ chatId }) => chatId),
      [...(await rightOf(reads.chats.byIds(['c1', 'c0']))).keys()],
      (await rightOf(reads.messages.pages(['c1'], first, {}))).get('c1')?.rows.map(({ messageId }) => messageId),
      [...(await rightOf(reads.messages.byIds(['m1']))).keys()],
      (await rightOf(reads.contacts.page(first, {}))).rows.map((row) => row.contactId),
      [...(await rightOf(reads.contacts.byIds(['k1']))).keys()], [...(await rightOf(reads.contacts.byPersons(person))).keys()],
      (await rightOf(reads.agents.all(9))).map(({ agentId }) => agentId), [...(await rightOf(reads.agents.byIds(['a1']))).keys()],
      (await rightOf(reads.onboardings.page(first, {}))).rows.map((row) => row.onboardingId), await rightOf(reads.onboardings.count()),
      [...(await rightOf(reads.onboardings.byIds(['a1/1']))).keys()],
    ]
  }, 'acme', { agents })
  const seeded = async (): Promise<FindableSide> => {
    const side = await open()
    const seed = seedReadModels(side.store)
    const { fields: said, ...heard } = (aChatRow(1) as Extract<Chat, { kind: 'opened' }>).heard
    const fields = { ...said, ...written<ChatFields>({ agentId: 'a1' }, clock(live(1))) }
    const ofAgent: Chat = { kind: 'opened', heard: { ...heard, fields } }
    await seed('chat_overview', { c1: ofAgent, c0: aChatRow(1) })
    await seed('message_timeline', { m1: aMessageRow('c1', 1) })
    await seed('contact_card', { k1: aContactRow() })
    await seed('agent_board', { a1: anAgentRow(), a2: anAgentRow() })
    await seed('onboarding_list', { 'a1/1': anOnboardingRow(1) })
    return side
  }
  it('finds, for a reader of some agents, what belongs to them, and nothing that belongs to no agent', async () => {
    const person = personKey({ agentId: 'a1', phoneNumber: '62812' })
    expect(await idsFoundBy(await seeded(), ['a0', 'a1'])).to.deep.equal(
      [['c1'], ['c1'], ['m1'], ['m1'], ['k1'], ['k1'], [person], ['a1'], ['a1'], ['a1/1'], 1, ['a1/1']])
  })
  it('finds, for a reader of other agents and of none, nothing', async () => {
    const side = await seeded()
    for (const agents of [['A1', 'a'], []])
      expect(await idsFoundBy(side, agents)).to.deep.equal([[], [], [], [], [], [], [], [], [], [], 0, []])
  })
}

/** What every set of finders promises. */
export const describeFinders = (adapter: string, open: Open): void => {
  describe(`Finders, ${adapter}`, () => {
    findsChats(open)
    findsMessages(open)
    findsPeople(open)
    findsSums(open)
    findsForSomeAgents(open)
  })
}
