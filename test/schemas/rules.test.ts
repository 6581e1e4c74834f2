import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { checkCompany, firstError, invalidPayload, invalidWithin } from '../../schemas/inbound/invalid-payload.ts'
import type { PayloadCodec } from '../../schemas/inbound/payload.ts'
import { ChatUpdated } from '../../schemas/inbound/v1/chat-updated.ts'
import { ChatUpserted } from '../../schemas/inbound/v1/chat-upserted.ts'
import { ConnectionUpdated } from '../../schemas/inbound/v1/connection-updated.ts'
import { ContactUpdated } from '../../schemas/inbound/v1/contact-updated.ts'
import { ContactUpserted } from '../../schemas/inbound/v1/contact-upserted.ts'
import { decodeEvent } from '../../schemas/inbound/v1/decode-event.ts'
import { MessageUpdated } from '../../schemas/inbound/v1/message-updated.ts'
import { MessageUpserted } from '../../schemas/inbound/v1/message-upserted.ts'

const result = <A>(codec: PayloadCodec<A>, wire: object): unknown => {
  const decoded = decodeEvent(codec)(wire)
  return E.isRight(decoded) ? decoded.right : decoded.left
}
const message = { message_id: 'm', chat_id: 'c', jid: 'j', flow: 'IN' }
const chat = { chat_id: 'c', jid: 'j' }
const contact = { phone_number: '6281', agent_id: 'a' }

describe('aliases', () => {
  it('reads id as chat_id in a chat update', () => expect(result(ChatUpdated, { id: 'c' })).to.deep.equal({ chatId: 'c' }))
  it('prefers the long form', () => expect(result(ChatUpdated, { id: 'x', chat_id: 'c' })).to.deep.equal({ chatId: 'c' }))
  it('takes the alias when the long form is empty', () => expect(result(MessageUpdated, { id: 'm', message_id: '' }))
    .to.deep.equal({ messageId: 'm' }))
  it('reads from and to', () =>
    expect(result(MessageUpserted, { ...message, from: '1', to: '2', to_phone: '3' })).to.include({ fromPhone: '1', toPhone: '3' }))
  it('stores a message key with its three camelCase names', () => {
    expect(result(MessageUpserted, { ...message, key: { id: 'k', from_me: true, remote_jid: 'r' } }))
      .to.include({ key: '{"id":"k","fromMe":true,"remoteJid":"r"}' })
    expect(result(MessageUpserted, { ...message, key: { id: 'k' } })).to.include({ key: '{"id":"k","fromMe":false,"remoteJid":""}' })
  })
})

describe('fields that depend on others', () => {
  it('lets a group go without a phone number', () => expect(result(ChatUpserted, { ...chat, is_group: true, phone_number: '' }))
    .to.include({ isGroup: true }))
  it('wants a phone number of everybody else', () =>
    expect(result(ChatUpserted, chat)).to.include({ reason: 'missing_field', pointer: '/phone_number', expected: 'Identifier' }))
  it('finds a contact by id alone', () => expect(result(ContactUpdated, { id: 'i' })).to.deep.equal({ id: 'i' }))
  it('wants the agent with the phone number', () =>
    expect(result(ContactUpdated, { phone_number: '6281' })).to.include({ reason: 'missing_field', pointer: '/agent_id' }))
})

describe('null and empty', () => {
  it('keeps null where it clears', () => {
    expect(result(ContactUpdated, { id: 'i', notes: null, tags: '', dob: null, gender: null, push_name: null }))
      .to.deep.equal({ id: 'i', notes: null, dob: null, gender: null })
    expect(result(ConnectionUpdated, { agent_id: 'a', qr_code: null, status: '' })).to.deep.equal({ agentId: 'a', qrCode: null })
  })
  it('drops them everywhere else', () => expect(result(ContactUpserted, { ...contact, notes: null, tags: '', gender: '', dob: 0 }))
    .to.deep.equal({ phoneNumber: '6281', agentId: 'a' }))
  it('keeps false and a count of 0', () => expect(result(ChatUpserted, { ...chat, is_group: true, not_spam: false, unread_count: 0 }))
    .to.include({ notSpam: false, unreadCount: 0 }))
})

describe('numbers of a payload', () => {
  it('clamps a negative unread count', () => expect(result(ChatUpdated, { chat_id: 'c', unread_count: -5 })).to.include({ unreadCount: 0 }))
  it('ignores a chat update from before 1970', () => expect(result(ChatUpdated, { chat_id: 'c', conversation_timestamp: -5 }))
    .to.deep.equal({ chatId: 'c' }))
  it('knows people born before 1970', () => expect(result(ContactUpserted, { ...contact, dob: -315_619_200 }))
    .to.include({ dob: -315_619_200 }))
  it('knows nobody born before the year 1', () => expect(result(ContactUpserted, { ...contact, dob: -62_135_596_801 }))
    .to.include({ reason: 'timestamp_out_of_range' }))
})

describe('refusals', () => {
  it('match the company of the subject', () => {
    expect(E.isRight(checkCompany('A')({ companyId: 'A' }))).to.equal(true)
    expect(E.isRight(checkCompany('A')({}))).to.equal(true)
    expect(checkCompany('A')({ companyId: 'a' })).to.have.nested.property('left.reason', 'company_mismatch')
  })
  it('point into their batch', () => expect(invalidWithin('/messages/3', invalidPayload('missing_field', '/flow')).pointer)
    .to.equal('/messages/3/flow'))
  it('tell the deepest of several errors, escaped and bounded, without a value', () => {
    const codec = t.type({ a: t.string, 'b/~': t.type({ [`k${'x'.repeat(400)}`]: t.number }) })
    const decoded = codec.decode({ a: 1, 'b/~': { secret: 'rahasia' } })
    if (E.isRight(decoded)) throw new Error('decoded')
    const invalid = firstError(decoded.left)
    expect(invalid.reason).to.equal('wrong_type')
    expect(invalid.pointer).to.match(/^\/b~1~0\/kx+$/).and.have.length(256)
    expect(JSON.stringify(invalid)).not.to.contain('rahasia')
  })
})
