import { expect } from 'chai'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { decodeDelivery, type HistoryMode } from '../../../adapters/inbound/nats/decode-event.ts'
import type { Delivery } from '../../../adapters/inbound/nats/delivery.ts'
import { eventNames } from '../../../adapters/inbound/nats/subjects.ts'
import { aDelivery, aMessageBody } from '../../support/a-delivery.ts'
import { translating } from '../../support/translating.ts'

const decode = (delivery: Delivery, historyMode: HistoryMode = 'accept_valid') =>
  decodeDelivery(delivery, { ...translating, historyMode })
const reasonOf = (delivery: Delivery): string | undefined => {
  const decoded = decode(delivery)
  return E.isLeft(decoded) ? decoded.left.reason : undefined
}
const live = (body: unknown, headers: Delivery['headers'] = {}): Delivery => aDelivery('v1.messages.upsert.acme', body, { headers })

describe('decoding a delivery', () => {
  it('refuses another company’s payload and takes one without a company', () => {
    expect(reasonOf(live(aMessageBody('m1', { company_id: 'other' })))).to.equal('company_mismatch')
    expect(reasonOf(live(aMessageBody('m1', { company_id: '' })))).to.equal(undefined)
  })
  it('refuses control characters in the message id, and a body that says it is compressed', () => {
    expect(reasonOf(live(aMessageBody('m1'), { 'Nats-Msg-Id': ['a\u0000b'] }))).to.equal('invalid_header')
    expect(reasonOf(live(aMessageBody('m1'), { 'content-encoding': ['gzip'] }))).to.equal('invalid_utf8')
  })
  it('ignores headers it does not know, however many', () => {
    const headers = Object.fromEntries(Array.from({ length: 1_000 }, (_, i) => [`X-${i}`, ['v']]))
    expect(reasonOf(live(aMessageBody('m1'), headers))).to.equal(undefined)
  })

  const bad = '{"message_id" : 5 }'
  const history = (company = 'acme'): Delivery =>
    aDelivery('v1.history.messages.acme', `{"messages":[${bad},${JSON.stringify(aMessageBody('m1', { company_id: company }))}]}`)
  it('takes the valid items of a history; of each other it keeps the place and the very bytes', () => {
    const decoded = decode(history())
    if (E.isLeft(decoded)) throw new Error(decoded.left.reason)
    expect(decoded.right.instructions.map(({ id }) => id)).to.deep.equal(['m1'])
    const [refused, ...others] = decoded.right.invalidItems.map(({ body, ...said }) => ({ ...said, body: Buffer.from(body).toString() }))
    expect(refused).to.deep.include({ item: 0, body: bad })
    expect(refused).to.nested.include({ 'problem.reason': 'wrong_type', 'problem.pointer': '/message_id' })
    expect(others).to.deep.equal([])
  })
  it('refuses a foreign item alone', () => {
    const decoded = decode(history('other'))
    const reasons = E.isRight(decoded) ? decoded.right.invalidItems.map(({ problem: { reason } }) => reason) : []
    expect(reasons).to.deep.equal(['wrong_type', 'company_mismatch'])
  })
  it('refuses the whole history if it is told to', () => {
    const decoded = decode(history(), 'all_or_nothing')
    expect(decoded).to.deep.equal(
      E.left({ type: 'InvalidPayload', reason: 'wrong_type', pointer: '/messages/0/message_id', expected: 'Identifier' }))
  })

  it('never throws, whatever the bytes', () => {
    const subjects = fc.constantFrom(...eventNames).map((event) => `${event}.acme`)
    const bodies = fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.json().map((text) => new TextEncoder().encode(text)),
      fc.json().map((text) => new TextEncoder().encode(`{"messages":[${text}],"chats":[${text}],"contacts":${text}}`)))
    fc.assert(fc.property(subjects, bodies, (subject, data) => { decode(aDelivery(subject, '', { data })) }), { numRuns: 2_000 })
  })
  it('never throws, whatever the subject and the headers', () => {
    fc.assert(fc.property(fc.string(), fc.dictionary(fc.string(), fc.array(fc.string())), (subject, headers) => {
      decode(aDelivery(subject, aMessageBody('m1'), { headers }))
      decode(live(aMessageBody('m1'), headers))
    }), { numRuns: 1_000 })
  })
})
