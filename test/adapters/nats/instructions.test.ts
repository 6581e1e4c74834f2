import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { decodeDelivery } from '../../../adapters/inbound/nats/decode-event.ts'
import { uuidContactId } from '../../../adapters/outbound/contact-id.ts'
import type { Instruction } from '../../../application/aggregates.ts'
import { HISTORY, REALTIME } from '../../../domain/clock.ts'
import type { CompanyId } from '../../../domain/company.ts'
import { aDelivery, aMessageBody } from '../../support/a-delivery.ts'
import { NOON } from '../../support/an-observation.ts'
import { translating } from '../../support/translating.ts'

const ACME = 'acme' as CompanyId
const OPTIONS = { ...translating, historyMode: 'accept_valid' } as const

const instructionsOf = (event: string, body: unknown, headers: Record<string, string[]> = {}): ReadonlyArray<Instruction> => {
  const decoded = decodeDelivery(aDelivery(`v1.${event}.acme`, body, { headers, sequence: 7 }), OPTIONS)
  if (E.isLeft(decoded)) throw new Error(decoded.left.reason)
  return decoded.right.instructions
}
const commandsOf = (event: string, body: unknown): ReadonlyArray<object> => instructionsOf(event, body).map(({ command }) => command)

const seen = { publishedAt: NOON, rank: REALTIME, sequence: 7, item: 0 }
const contactId = uuidContactId(ACME, 'a1', '62812')

describe('instructions', () => {
  it('carry where the event comes from, and when it was stored, in whole seconds', () => {
    const [instruction] = instructionsOf('messages.upsert', aMessageBody('m1'))
    expect(instruction).to.deep.include({ kind: 'message', companyId: 'acme', id: 'm1' })
    expect(instruction?.cause).to.deep.equal({
      type: 'event', stream: 'wa_events_stream', sequence: 7, item: 0, subject: 'v1.messages.upsert.acme', messageId: 'msg-7',
      consumer: 'daisi_ingest_acme', consumerSequence: 1 })
    expect(instruction?.command).to.have.deep.property('seen', seen)
  })
  it('name the message id that the publisher gave, long ones by their hash', () => {
    const idOf = (id: string) => instructionsOf('messages.upsert', aMessageBody('m1'), { 'nats-msg-id': [id] })[0]?.cause
    expect(idOf(' x1 ')).to.have.property('messageId', 'x1')
    expect(idOf('x'.repeat(256))).to.have.property('messageId').that.matches(/^sha256:[0-9a-f]{64}$/)
  })
})

describe('a message', () => {
  it('is recorded with what it says', () =>
    expect(commandsOf('messages.upsert', aMessageBody('m1',
      { message_text: 'hi', status: 'sent', message_timestamp: 1_750_000_000, message_obj: { n: 1 } })))
      .to.deep.equal([{ type: 'RecordMessage', messageId: 'm1', seen, status: 'sent', fields: {
        chatId: 'c1', jid: '62812@s.whatsapp.net', flow: 'IN', agentId: 'a1', fromPhone: '62812', text: 'hi', timestamp: 1_750_000_000,
        content: '{"n":1}' } }]))
  it('is part of a campaign only if it says so', () => {
    const campaign = { tags: 'vip', assigned_to: '', origin: 'IG' }
    expect(commandsOf('messages.upsert', aMessageBody('m1', { campaign }))[0]).not.to.have.property('campaign')
    expect(commandsOf('messages.upsert', aMessageBody('m1', { campaign: { ...campaign, is_campaign: true } }))[0])
      .to.have.deep.property('campaign', { tags: 'vip', origin: 'IG' })
  })
  it('is updated under either name of its id', () =>
    expect(commandsOf('messages.update', { id: 'm1', is_deleted: true, message_url: 'u' })).to.deep.equal(
      [{ type: 'UpdateMessage', messageId: 'm1', seen, fields: { url: 'u' }, deleted: true }]))
})

describe('a chat', () => {
  const body = { chat_id: 'c1', jid: 'j', phone_number: '62812' }
  const unreadOf = (unread: object) => commandsOf('chats.update', { chat_id: 'c1', ...unread })[0]
  it('has nothing unread unless it says so', () => {
    expect(commandsOf('chats.upsert', body)[0]).to.have.property('unreadCount', 0)
    expect(commandsOf('chats.upsert', { ...body, unread_count: 3 })[0]).to.have.property('unreadCount', 3)
  })
  for (const unread of [{}, { unread_count: null }, { unread_count: 0 }, { unread_count: -4 }])
    it(`is read by an update with ${JSON.stringify(unread)}`, () =>
      expect(unreadOf(unread)).to.have.deep.property('unread', { type: 'set', count: 0 }))
  it('has one more unread by an update with 1, and as many as any other number says', () => {
    expect(unreadOf({ unread_count: 1 })).to.have.deep.property('unread', { type: 'raise' })
    expect(unreadOf({ unread_count: 2 })).to.have.deep.property('unread', { type: 'set', count: 2 })
  })
})

describe('a contact', () => {
  const body = { agent_id: 'a1', phone_number: '62812' }
  it('is found by agent and phone', () =>
    expect(commandsOf('contacts.upsert', { ...body, push_name: 'S' })).to.deep.equal(
      [{ type: 'RecordContact', contactId, seen, fields: { agentId: 'a1', phoneNumber: '62812', pushName: 'S' } }]))
  it('gets an alias from an id of the publisher’s own, not from ours', () => {
    expect(commandsOf('contacts.upsert', { ...body, id: 'crm-1' })[1]).to.deep.equal({ type: 'NameContact', aliasId: 'crm-1', contactId })
    expect(commandsOf('contacts.upsert', { ...body, id: contactId })).to.have.length(1)
  })
  it('has a first message if both its id and its time are told', () => {
    const first = { first_message_id: 'm1', first_message_timestamp: 1_750_000_000 }
    expect(commandsOf('contacts.upsert', { ...body, ...first })[0])
      .to.have.deep.property('first', { messageId: 'm1', timestamp: 1_750_000_000 })
    expect(commandsOf('contacts.upsert', { ...body, first_message_id: 'm1' })[0]).not.to.have.property('first')
  })
  it('is updated by agent and phone; null clears', () =>
    expect(commandsOf('contacts.update', { ...body, gender: null, dob: null, push_name: '' })).to.deep.equal(
      [{ type: 'UpdateContact', contactId, seen, fields: { gender: null, dob: null } }]))
  it('is updated by an id that is an alias, and perhaps our own', () => {
    expect(commandsOf('contacts.update', { id: 'crm-1', notes: 'n' })).to.deep.equal(
      [{ type: 'UpdateByAlias', aliasId: 'crm-1', seen, fields: { notes: 'n' } }])
    expect(commandsOf('contacts.update', { id: contactId, notes: 'n' })).to.deep.equal([
      { type: 'UpdateByAlias', aliasId: contactId, seen, fields: { notes: 'n' } },
      { type: 'UpdateContact', contactId, seen, fields: { notes: 'n' } }])
  })
})

describe('an agent', () => {
  it('is recorded; null clears, empty does not', () =>
    expect(commandsOf('connection.update', { agent_id: 'a1', status: 'connected', qr_code: null, version: '' })).to.deep.equal(
      [{ type: 'RecordAgent', agentId: 'a1', seen, fields: { status: 'connected', qrCode: null } }]))
})

describe('a history', () => {
  it('is its items, each at its place, ranked below what is live', () =>
    expect(commandsOf('history.messages', { messages: [aMessageBody('m1'), aMessageBody('m2')] })).to.deep.equal(
      ['m1', 'm2'].map((messageId, item) => ({ type: 'RecordMessage', messageId, seen: { ...seen, rank: HISTORY, item },
        fields: { chatId: 'c1', jid: '62812@s.whatsapp.net', flow: 'IN', agentId: 'a1', fromPhone: '62812' } }))))
  it('asks for a sync 15 minutes after the last batch of an agent', () => {
    const last = { messages: [], is_last_batch: true }
    expect(commandsOf('history.messages', { ...last, agent_id: 'a1' })).to.deep.equal(
      [{ type: 'RequestSync', agentId: 'a1', dueAt: NOON + 900 }])
    expect(commandsOf('history.messages', last)).to.deep.equal([])
  })
  it('of nothing is nothing', () => expect(commandsOf('history.chats', { chats: [] })).to.deep.equal([]))
})
