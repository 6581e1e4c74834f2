import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { createHash } from 'node:crypto'
import { suspensionCheck } from '../../../../adapters/inbound/graphql/suspension.ts'
import { toPersistedOperations } from '../../../../adapters/inbound/graphql/persisted-operations.ts'
import type { CompanyStanding } from '../../../../application/ports/company-standing.ts'
import type { CompanyId } from '../../../../domain/company.ts'
import { aChatRow } from '../../../support/read-model-rows.ts'
import { seedReadModels } from '../../../support/seed-read-models.ts'
import { openApi, type Api } from '../ask-api.ts'
import { openApiServer } from '../open-api-server.ts'
import { ask, COMPANY, send } from './row.ts'

const acme = 'acme' as CompanyId

describe('a suspended company', () => {
  /** A registry that is told what to answer, and a clock. */
  const opened = () => {
    const state = { now: 0, looks: 0, answer: E.right(false) as E.Either<never, boolean> | 'down' }
    const standing: CompanyStanding = { unprocessed: () => TE.right([]), isSuspended: () => () => {
      state.looks += 1
      const { answer } = state
      return answer === 'down' ? TE.left({ type: 'Unavailable' as const, cause: new Error('down') })() : Promise.resolve(answer)
    } }
    const refuse = suspensionCheck(standing, () => state.now)
    const isRefused = (): Promise<boolean> => refuse(acme).then(() => false, () => true)
    return { state, isRefused }
  }
  it('Q32: is refused within a minute, and answered again as soon once it is not', async () => {
    const { state, isRefused } = opened()
    expect(await isRefused()).to.equal(false)
    state.answer = E.right(true)
    state.now = 30_001
    expect(await isRefused()).to.equal(true)
    state.answer = E.right(false)
    state.now = 60_002
    expect(await isRefused()).to.equal(false)
  })
  it('Q32: is looked up once for many requests', async () => {
    const { state, isRefused } = opened()
    await Promise.all(Array.from({ length: 100 }, isRefused))
    expect(state.looks).to.equal(1)
  })
  it('Q32: stays refused while the registry is down; of others nothing is held against them', async () => {
    const { state, isRefused } = opened()
    state.answer = 'down'
    expect(await isRefused()).to.equal(false)
    state.answer = E.right(true)
    state.now = 31_000
    expect(await isRefused()).to.equal(true)
    state.answer = 'down'
    state.now = 1_000_000
    expect(await isRefused()).to.equal(true)
  })
})

describe('persisted operations', () => {
  const operations = toPersistedOperations([COMPANY], true)
  const extensions = { persistedQuery: { version: 1, sha256Hash: createHash('sha256').update(COMPANY).digest('hex') } }
  it('Q37: run by their hash; in strict mode no other text does', async () => {
    const server = await openApiServer({ graphql: { persisted: operations } })
    const byHash = await send(server, { body: JSON.stringify({ extensions }) })
    expect([byHash.status, byHash.text]).to.deep.equal([200, '{"data":{"company":{"companyId":"acme"}}}'])
    for (const sent of [{ query: COMPANY }, { query: '{ __typename }' }, { query: COMPANY, extensions }]) {
      const { status, codes } = await send(server, { body: JSON.stringify(sent) })
      expect([status, codes]).to.deep.equal([400, ['PERSISTED_OPERATION_REQUIRED']])
    }
    await server.close()
  })
})

describe('a resolver that throws', () => {
  it('Q33: tells its client a correlation id, and nothing of what it said', async () => {
    const secret = 'postgres://daisi:hunter2@db.internal/daisi'
    const server = await openApiServer({ graphql: { lagAfter: () => Promise.reject(new Error(`cannot reach ${secret}`)) } })
    const { status, text, codes } = await ask('{ company { companyId ingestLagSeconds } }')(server)
    expect([status, codes]).to.deep.equal([200, ['INTERNAL_SERVER_ERROR']])
    expect(text).to.match(/"correlationId":"[0-9a-f-]{36}"/).and.not.match(/postgres|hunter2|internal\/|stack|\.ts/)
    expect(server.bugs).to.have.length(1)
    await server.close()
  })
})

describe('a list that changes while it is paged', () => {
  const ids = Array.from({ length: 9 }, (_, i) => `c${i}`)
  const seeded = async (): Promise<Api> => {
    const api = openApi()
    await seedReadModels(api.store)('chat_overview', Object.fromEntries(ids.map((id) => [id, aChatRow(1)])))
    return api
  }
  const PAGE = 'query Q($after: String) { chats(first: 3, after: $after) { edges { node { chatId } } pageInfo { endCursor hasNextPage } } }'
  interface Page { readonly edges: ReadonlyArray<{ readonly node: { readonly chatId: string } }>;
    readonly pageInfo: { readonly endCursor: string } }

  it('Q40: skips and repeats nothing, though rows under and around the cursor are edited, and new ones come', async () => {
    const api = await seeded()
    const seen: string[] = []
    for (let after: string | null = null, page = 0; page < 3; page += 1) {
      const { edges, pageInfo } = (await api.ask(PAGE, { after })).data?.['chats'] as unknown as Page
      seen.push(...edges.map(({ node }) => node.chatId))
      after = pageInfo.endCursor
      const [under, before] = [seen.at(-1) ?? '', seen[0] ?? '']
      await seedReadModels(api.store)('chat_overview', { [under]: aChatRow(7), [before]: aChatRow(9), [`z${page}`]: aChatRow(1) })
    }
    expect(seen).to.deep.equal(ids.toReversed())
  })
})

describe('a query that fails', () => {
  it('is answered alike the first time and later, so that nobody learns whether another company has asked the same', async () => {
    const api = openApi({ production: true })
    for (const query of ['{ company { companyId } chats(after: "x") { edges { cursor } } }',
      '{ company { ingestLagSeconds } contacts(before: "x") { totalCount } }']) {
      const texts = [await api.ask(query), await api.ask(query), await api.ask(query)].map(({ text }) => text)
      expect(new Set(texts).size).to.equal(1)
    }
  })
})
