import { expect } from 'chai'
import { memoryReads } from '../../../adapters/outbound/memory/finder-reads.ts'
import { memoryReadModelStore } from '../../../adapters/outbound/memory/read-model-store.ts'
import { aChatRow, aMessageRow } from '../../support/read-model-rows.ts'
import { seedReadModels } from '../../support/seed-read-models.ts'
import { openApi } from './ask-api.ts'
import { counted } from './counted-reads.ts'

const INBOX = `{ company { chatCount } chats(first: 40) { totalCount edges { node { displayName contact { id }
  lastMessage { text chat { jid } } messages(first: 5) { edges { node { text chat { jid } } } } } } } }`

/** Statements for an inbox of so many chats. */
const statementsFor = async (chats: number): Promise<ReadonlyArray<string>> => {
  const store = memoryReadModelStore()
  const calls: string[] = []
  const api = openApi({ openReads: counted(memoryReads(store), (call) => { calls.push(call) }) })
  const ids = Array.from({ length: chats }, (_, i) => `c${i}`)
  await seedReadModels(store)('chat_overview', Object.fromEntries(ids.map((id) => [id, aChatRow(1)])))
  await seedReadModels(store)('message_timeline', Object.fromEntries(ids.map((id) => [`m-${id}`, aMessageRow(id, 1)])))
  expect((await api.ask(INBOX)).codes).to.deep.equal([])
  return calls.sort()
}

describe('statements of a query', () => {
  it('are as many for forty chats as for one', async () => {
    const one = await statementsFor(1)
    expect(await statementsFor(40)).to.deep.equal(one)
    expect(one).to.have.length.below(7)
  })
})
