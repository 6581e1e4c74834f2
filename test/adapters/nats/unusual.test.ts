import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { decodeDelivery } from '../../../adapters/inbound/nats/decode-event.ts'
import type { Unusual } from '../../../adapters/inbound/nats/unusual.ts'
import { memoryLog } from '../../../adapters/outbound/memory/memory-log.ts'
import { memoryTransactions } from '../../../adapters/outbound/memory/transactions.ts'
import { handleBatch } from '../../../application/commands/handle-batch.ts'
import type { Instruction } from '../../../application/aggregates.ts'
import type { ChatFields } from '../../../domain/chat/chat.ts'
import type { CompanyId } from '../../../domain/company.ts'
import { aCause } from '../../support/a-change.ts'
import { aPipeline, silentProbe } from '../../support/a-pipeline.ts'
import { aDelivery, aMessageBody, settling } from '../../support/a-delivery.ts'
import { aChat } from '../../support/a-chat.ts'
import { live, NOON } from '../../support/an-observation.ts'
import { BAD_EVENTS } from '../../support/bad-inputs/events.ts'
import { eventually } from '../../support/eventually.ts'
import { rightOf } from '../../support/right-of.ts'
import { translating } from '../../support/translating.ts'

const ACME = 'acme' as CompanyId

describe('what is unusual of an event', () => {
  for (const { id, what, subject, body, unusual = [] } of BAD_EVENTS.filter(({ expected: { outcome } }) =>
    outcome === 'applied' || outcome === 'noop' || outcome === 'partial')) {
    it(`${id}: ${what}: ${unusual.length === 0 ? 'nothing' : unusual.join(', ')}`, () => {
      const delivery = aDelivery(`${subject}.ACME01`, '', { data: body('row-1', 'ACME01'), publishedAtMs: Date.now() })
      const decoded = decodeDelivery(delivery, { ...translating, historyMode: 'accept_valid' })
      expect(E.isRight(decoded) && decoded.right.unusual).to.deep.equal(unusual)
    })
  }

  it('is told once an event, however many items of a history show it, and never of a status that the ladder has', async () => {
    const told: Unusual[] = []
    const { work } = aPipeline({ probe: { ...silentProbe, unusual: (what) => { told.push(what) } } })
    const odd = { status: 'teleported', message_timestamp: 86_400 }
    const events = [
      settling(aDelivery('v1.history.messages.acme', { messages: [1, 2, 3].map((i) => aMessageBody(`h${i}`, odd)) })),
      settling(aDelivery('v1.messages.upsert.acme', aMessageBody('m1', { status: 'FAILED', message_timestamp: NOON + 300 }))),
      settling(aDelivery('v1.messages.update.acme', { message_id: 'm1', status: 'lost' }, { sequence: 2 })),
    ]
    for (const event of events) work.accept(event, ACME)
    await eventually('all are settled', () => events.every((event) => event.outcome() === 'acked'))
    work.stop()
    expect(told.toSorted()).to.deep.equal(['time_in_the_past', 'unknown_status', 'unknown_status'])
  })
})

describe('a chat under another agent or JID', () => {
  /** Chats of one batch each, in order; what is counted of each. */
  const countsOf = async (...batches: ReadonlyArray<ReadonlyArray<Partial<ChatFields>>>): Promise<ReadonlyArray<number>> => {
    const counted: number[] = []
    const handle = handleBatch(memoryTransactions(memoryLog(), { nowMs: () => 0 }), (contradictions) => { counted.push(contradictions) })
    for (const [i, chats] of batches.entries()) {
      const instructions = chats.map((fields, j) => aChat(live(10 * i + j), fields)).map((command): Instruction =>
        ({ kind: 'chat', companyId: ACME, id: command.chatId, command, cause: aCause() }))
      await rightOf(handle(instructions))
    }
    return counted
  }
  const [JID, OTHER] = ['62812@s.whatsapp.net', '62813@s.whatsapp.net']
  const KNOWN = { jid: JID, agentId: 'a1' }

  it('is counted, whether it comes in the same batch or later (E117)', async () => {
    expect(await countsOf([KNOWN], [{ jid: JID, agentId: 'a2' }, { jid: OTHER, agentId: 'a1' }])).to.deep.equal([2])
    expect(await countsOf([KNOWN, { jid: OTHER, agentId: 'a2' }])).to.deep.equal([1])
  })
  it('is not one that says the same again, or leaves the agent out', async () => {
    expect(await countsOf([KNOWN], [{ ...KNOWN, pushName: 'Sinta' }, { jid: JID }])).to.deep.equal([])
  })
})
