import { expect } from 'chai'
import { getNamedType, isCompositeType, isObjectType, type GraphQLObjectType } from 'graphql'
import { toGlobalId } from '../../../adapters/inbound/graphql/global-id.ts'
import { makeSchema } from '../../../adapters/inbound/graphql/schema.ts'
import { fieldScopes, scopes } from '../../../adapters/inbound/graphql/scopes.ts'
import { aToken } from '../../support/a-token.ts'
import { aChatRow, aContactRow, aMessageRow, anAgentRow, anOnboardingRow } from '../../support/read-model-rows.ts'
import { seedReadModels } from '../../support/seed-read-models.ts'
import { openApi, type Answer, type Api } from './ask-api.ts'

/** One query for each rule; where a path is more than a field, the last part is what the rule guards. */
const QUERIES: Readonly<Record<string, string>> = {
  'Query.company': '{ company { chatCount } }',
  'Query.chats': '{ chats { totalCount } }',
  'Query.chat': '{ chat(chatId: "c1") { jid } }',
  'Query.message': '{ message(messageId: "m1") { text } }',
  'Query.contacts': '{ contacts { totalCount } }',
  'Query.contact': '{ contact(agentId: "a1", phoneNumber: "62812") { id } }',
  'Query.agents': '{ agents { id } }',
  'Query.agent': '{ agent(agentId: "a1") { id } }',
  'Query.onboardings': '{ onboardings { totalCount } }',
  'Query.freshness': '{ freshness { name } }',
  'Query.node': '{ node(id: "x") { id } }',
  'Query.nodes': '{ nodes(ids: ["x"]) { id } }',
  'Chat.lastMessage': '{ chat(chatId: "c1") { lastMessage { id } } }',
  'Chat.snapshot': '{ chat(chatId: "c1") { snapshot } }',
  'Chat.messages': '{ chat(chatId: "c1") { messages { totalCount } } }',
  'Chat.contact': '{ chat(chatId: "c1") { contact { id } } }',
  'Message.chat': '{ message(messageId: "m1") { chat { jid } } }',
  'Contact.chat': '{ contact(agentId: "a1", phoneNumber: "62812") { chat { jid } } }',
  'Contact.firstMessage': '{ contact(agentId: "a1", phoneNumber: "62812") { firstMessage { text } } }',
  'Onboarding.agent': '{ onboardings { edges { node { agent { id } } } } }',
  'Onboarding.message': '{ onboardings { edges { node { message { id } } } } }',
}

const seeded = async (): Promise<Api> => {
  const api = openApi()
  const seed = seedReadModels(api.store)
  await seed('chat_overview', { c1: aChatRow(1) })
  await seed('message_timeline', { m1: aMessageRow('c1', 1) })
  await seed('contact_card', { k1: aContactRow() })
  await seed('agent_board', { a1: anAgentRow() })
  await seed('onboarding_list', { 'a1/62812': anOnboardingRow(1) })
  return api
}

const ask = async (api: Api, query: string, granted: ReadonlyArray<string>): Promise<Answer> =>
  api.ask(query, {}, { authorization: `Bearer ${await aToken({ scope: granted.join(' ') })}` })

const EXEMPT = /Connection$|Edge$|^__/

/** Fields of the schema that lead to another object, whose parents are not parts of a page. */
const leadingFields = (): ReadonlyArray<string> => Object.values(makeSchema().getTypeMap())
  .filter((type): type is GraphQLObjectType => isObjectType(type) && !EXEMPT.test(type.name))
  .flatMap((type) => Object.values(type.getFields())
    .filter((field) => type.name === 'Query' || isCompositeType(getNamedType(field.type)))
    .map((field) => `${type.name}.${field.name}`))

describe('scopes', () => {
  it('have a rule for every field that leads to an object', () => {
    expect(Object.keys(fieldScopes)).to.include.members([...leadingFields()])
    expect(Object.keys(QUERIES)).to.have.members(Object.keys(fieldScopes))
  })
  for (const [rule, scope] of Object.entries(fieldScopes)) {
    it(`${rule} opens with ${scope}, and with nothing less`, async () => {
      const api = await seeded()
      const query = QUERIES[rule] ?? ''
      expect((await ask(api, query, scopes)).codes).to.deep.equal([])
      const others = scopes.filter((other) => other !== scope)
      expect((await ask(api, query, others)).codes).to.deep.equal(scope === 'any' ? [] : ['FORBIDDEN'])
      expect(api.bugs).to.deep.equal([])
    })
  }
  it('guard nodes by their type', async () => {
    const api = await seeded()
    const query = `{ node(id: "${toGlobalId('Message', 'm1')}") { id } }`
    expect((await ask(api, query, ['read:chats', 'read:contacts'])).codes).to.deep.equal(['FORBIDDEN'])
    expect((await ask(api, query, ['read:messages'])).codes).to.deep.equal([])
  })
  it('hide a contact\'s name in a chat from who may not read contacts', async () => {
    const api = await seeded()
    expect((await ask(api, '{ chat(chatId: "c1") { displayName } }', ['read:chats'])).data).to.deep.equal({ chat: { displayName: 'team' } })
  })
})
