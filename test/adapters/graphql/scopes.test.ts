import { expect } from 'chai'
import { toGlobalId } from '../../../adapters/inbound/graphql/global-id.ts'
import { makeSchema } from '../../../adapters/inbound/graphql/schema.ts'
import { ruledFields, rules, scopes, type Rule } from '../../../adapters/inbound/graphql/scopes.ts'
import type { TokenOptions } from '../../../adapters/inbound/graphql/token.ts'
import type { CompanyId } from '../../../domain/company.ts'
import { aFailedEvent } from '../../support/a-failed-event.ts'
import { messageUpsert } from '../../support/bad-inputs/valid-events.ts'
import { aToken } from '../../support/a-token.ts'
import { aChatRow, aContactRow, aMessageRow, anAgentRow, anOnboardingRow } from '../../support/read-model-rows.ts'
import { rightOf } from '../../support/right-of.ts'
import { queryFor, type Samples } from '../../support/schema-queries.ts'
import { seedReadModels } from '../../support/seed-read-models.ts'
import { openApi, type Answer, type Api } from './ask-api.ts'

/** Of what is seeded below. */
const SAMPLES = { chatId: '"c1"', messageId: '"m1"', agentId: '"a1"', phoneNumber: '"62812"', id: '"x"', ids: '["x"]',
  failedEventId: '"1"', events: '{ failedEventIds: ["1"] }', note: '"why"',
  body: JSON.stringify(JSON.stringify(messageUpsert('s1', 'acme'))) }

const schema = makeSchema()
const acme = 'acme' as CompanyId

const seeded = async (): Promise<{ readonly api: Api; readonly samples: Samples }> => {
  const api = openApi()
  const seed = seedReadModels(api.store)
  await seed('chat_overview', { c1: aChatRow(1) })
  await seed('message_timeline', { m1: aMessageRow('c1', 1) })
  await seed('contact_card', { k1: aContactRow() })
  await seed('agent_board', { a1: anAgentRow() })
  await seed('onboarding_list', { 'a1/62812': anOnboardingRow(1) })
  for (const sequence of [1, 2]) await rightOf(api.operators.failedEvents.record([aFailedEvent(acme, { sequence })]))
  const { jobId } = await rightOf(api.operators.open(acme)
    .requestReplay({ companyId: acme, actor: 'cli:test', selection: { ids: [2] }, dryRun: false }))
  return { api, samples: { ...SAMPLES, replayJobId: JSON.stringify(jobId) } }
}

const ask = async (api: Api, query: string, granted: ReadonlyArray<string>, more: Partial<TokenOptions> = {}): Promise<Answer> =>
  api.ask(query, {}, { authorization: `Bearer ${await aToken({ scope: granted.join(' '), ...more })}` })

describe('scopes', () => {
  it('have a rule for every field of a root and every field that leads to an object', () => {
    expect(Object.keys(rules)).to.include.members([...ruledFields(schema)])
  })
  for (const [rule, { scope, whole }] of Object.entries<Rule>(rules)) {
    it(`${rule} opens with ${scope}, and with nothing less`, async () => {
      const { api, samples } = await seeded()
      const query = queryFor(schema, rule, samples, { inside: () => '{ __typename }' })
      const others = scopes.filter((other) => other !== scope)
      expect(new Set((await ask(api, query, others)).codes)).to.deep.equal(new Set(scope === 'any' ? [] : ['FORBIDDEN']))
      expect((await ask(api, query, scopes)).codes).to.deep.equal([])
      expect(api.bugs).to.deep.equal([])
    })
    it(`${rule} is ${whole === true ? 'closed' : 'open'} to a token that is restricted to some agents`, async () => {
      const { api, samples } = await seeded()
      const { codes } = await ask(api, queryFor(schema, rule, samples, { inside: () => '{ __typename }' }), scopes, { agents: ['a1'] })
      expect(codes).to.deep.equal(whole === true ? ['FORBIDDEN'] : [])
    })
  }
  it('guard nodes by their type', async () => {
    const { api } = await seeded()
    const query = `{ node(id: "${toGlobalId('Message', 'm1')}") { id } }`
    expect((await ask(api, query, ['read:chats', 'read:contacts'])).codes).to.deep.equal(['FORBIDDEN'])
    expect((await ask(api, query, ['read:messages'])).codes).to.deep.equal([])
  })
  it('hide a contact\'s name in a chat from who may not read contacts', async () => {
    const { api } = await seeded()
    expect((await ask(api, '{ chat(chatId: "c1") { displayName } }', ['read:chats'])).data).to.deep.equal({ chat: { displayName: 'team' } })
  })
})
