import { expect } from 'chai'
import type { CompanyId } from '../../../domain/company.ts'
import { aToken } from '../../support/a-token.ts'
import { aChatRow, aContactRow, aMessageRow, anOnboardingRow } from '../../support/read-model-rows.ts'
import { seedReadModels } from '../../support/seed-read-models.ts'
import { openApi, type Api } from './ask-api.ts'

interface Connection {
  readonly edges: ReadonlyArray<{ readonly cursor: string; readonly node: { readonly id: string } }>
  readonly pageInfo: {
    readonly hasNextPage: boolean
    readonly hasPreviousPage: boolean
    readonly startCursor: string | null
    readonly endCursor: string | null
  }
  readonly totalCount: number | null
}

const PAGE = 'edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount'

/** 45 of each, all with one time. */
const seeded = async (): Promise<Api> => {
  const api = openApi()
  const seed = seedReadModels(api.store)
  const many = <Row>(row: Row): Record<string, Row> => Object.fromEntries(Array.from({ length: 45 }, (_, i) => [`x${i}`, row]))
  await seed('chat_overview', { ...many(aChatRow(1)), c1: aChatRow(1) })
  await seed('message_timeline', many(aMessageRow('c1', 1)))
  await seed('contact_card', many(aContactRow()))
  await seed('onboarding_list', many(anOnboardingRow(1)))
  await seed('chat_overview', { c1: aChatRow(1) }, 'other')
  return api
}

const LISTS: Readonly<Record<string, (args: string) => string>> = {
  chats: (args) => `chats(${args}) { ${PAGE} }`,
  contacts: (args) => `contacts(${args}) { ${PAGE} }`,
  onboardings: (args) => `onboardings(${args}) { ${PAGE} }`,
  messages: (args) => `chat(chatId: "c1") { messages(${args}) { ${PAGE} } }`,
}

const connectionOf = (data: object | null | undefined, name: string): Connection => {
  const { chat, ...root } = data as Readonly<Record<string, Connection>> & { readonly chat?: Readonly<Record<string, Connection>> }
  const found = chat === undefined ? root[name] : chat[name]
  if (found === undefined) throw new Error(`no ${name} in the answer`)
  return found
}

const walk = async (api: Api, name: string, size: 'first: 7' | 'last: 7'): Promise<ReadonlyArray<string>> => {
  const ids: string[] = []
  let cursor: string | null = null
  for (;;) {
    const place: string = cursor === null ? '' : `, ${size === 'first: 7' ? 'after' : 'before'}: "${cursor}"`
    const { edges, pageInfo } = connectionOf((await api.ask(`{ ${LISTS[name]?.(size + place) ?? ''} }`)).data, name)
    const page = edges.map(({ node }) => node.id)
    ids[size === 'first: 7' ? 'push' : 'unshift'](...page)
    const more = size === 'first: 7' ? pageInfo.hasNextPage : pageInfo.hasPreviousPage
    if (!more) return ids
    cursor = size === 'first: 7' ? pageInfo.endCursor : pageInfo.startCursor
  }
}

describe('pages', () => {
  for (const [name, list] of Object.entries(LISTS)) {
    it(`of ${name} walk forward and backward over the same rows in the same order, each once, though all have one time`, async () => {
      const api = await seeded()
      const forward = await walk(api, name, 'first: 7')
      expect(forward).to.have.length(name === 'chats' ? 46 : 45)
      expect(new Set(forward).size).to.equal(forward.length)
      expect(await walk(api, name, 'last: 7')).to.deep.equal(forward)
    })
    it(`of ${name} have 20 rows where nothing else is said, or null is`, async () => {
      const api = await seeded()
      for (const args of ['first: null', 'first: null, last: null, after: null, before: null']) {
        const { edges, pageInfo, totalCount } = connectionOf((await api.ask(`{ ${list(args)} }`)).data, name)
        expect([edges.length, pageInfo.hasNextPage, pageInfo.hasPreviousPage]).to.deep.equal([20, true, false])
        expect(totalCount).to.equal({ chats: 46, messages: null }[name] ?? (name === 'messages' ? null : 45))
      }
    })
    for (const args of ['first: 0', 'first: -1', 'last: 101', 'first: 101', 'last: 0', 'first: 5, last: 5', 'first: 1000000000']) {
      it(`of ${name} refuse ${args}`, async () => {
        expect((await (await seeded()).ask(`{ ${list(args)} }`)).codes).to.deep.equal(['BAD_USER_INPUT'])
      })
    }
  }
  it('check sizes in variables', async () => {
    const { codes } = await (await seeded()).ask('query Q($n: Int) { chats(first: $n) { totalCount } }', { n: 101 })
    expect(codes).to.deep.equal(['BAD_USER_INPUT'])
  })
  it('count nothing under a filter', async () => {
    const { data } = await (await seeded()).ask(
      '{ chats(filter: { unread: true, agentId: null }) { totalCount } contacts(filter: {}) { totalCount } }')
    expect(data).to.deep.equal({ chats: { totalCount: null }, contacts: { totalCount: 45 } })
  })
  it('know that the list goes on where a cursor stands', async () => {
    const api = await seeded()
    const first = connectionOf((await api.ask(`{ ${LISTS['chats']?.('first: 5') ?? ''} }`)).data, 'chats')
    const after = `first: 5, after: "${first.pageInfo.endCursor ?? ''}"`
    const second = connectionOf((await api.ask(`{ ${LISTS['chats']?.(after) ?? ''} }`)).data, 'chats')
    expect([second.pageInfo.hasPreviousPage, second.pageInfo.hasNextPage]).to.deep.equal([true, true])
  })
})

describe('cursors', () => {
  const cursorOf = async (api: Api, name = 'chats'): Promise<string> =>
    connectionOf((await api.ask(`{ ${LISTS[name]?.('first: 1') ?? ''} }`)).data, name).edges[0]?.cursor ?? ''
  const refuses = (title: string, made: (api: Api) => Promise<string>): void => {
    it(`refuse ${title}`, async () => {
      const api = await seeded()
      const { codes } = await api.ask('query Q($c: String) { chats(after: $c) { totalCount } }', { c: await made(api) })
      expect(codes).to.deep.equal(['BAD_CURSOR'])
    })
  }
  refuses('random text', () => Promise.resolve('abcdefgh'))
  refuses('nothing', () => Promise.resolve(''))
  refuses('what is not base64', () => Promise.resolve('!%&'))
  refuses('100 kB', () => Promise.resolve('A'.repeat(100_000)))
  refuses('one that was cut', async (api) => (await cursorOf(api)).slice(0, -4))
  refuses('one that was edited', async (api) => {
    const bytes = Buffer.from(await cursorOf(api), 'base64url')
    bytes[bytes.length - 3] = (bytes.at(-3) ?? 0) ^ 1
    return bytes.toString('base64url')
  })
  refuses('another list\'s', (api) => cursorOf(api, 'contacts'))
  refuses('a chat\'s messages\'', (api) => cursorOf(api, 'messages'))
  refuses('another secret\'s', async () => {
    const api = openApi({ cursorSecret: 'another secret for cursors, of 32' })
    await seedReadModels(api.store)('chat_overview', { c1: aChatRow(1) })
    return cursorOf(api)
  })
  refuses('another company\'s', async (api) => {
    const authorization = `Bearer ${await aToken({ company: 'other' as CompanyId })}`
    const { data } = await api.ask(`{ ${LISTS['chats']?.('first: 1') ?? ''} }`, {}, { authorization })
    return connectionOf(data, 'chats').edges[0]?.cursor ?? ''
  })
  it('refuse one chat\'s cursor for another', async () => {
    const api = await seeded()
    const query = 'query Q($c: String) { chat(chatId: "x1") { messages(after: $c) { totalCount } } }'
    const { codes } = await api.ask(query, { c: await cursorOf(api, 'messages') })
    expect(codes).to.deep.equal(['BAD_CURSOR'])
  })
})
