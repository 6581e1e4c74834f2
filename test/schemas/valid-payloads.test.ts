import { expect } from 'chai'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import type { PayloadCodec } from '../../schemas/inbound/payload.ts'
import { ChatUpdated } from '../../schemas/inbound/v1/chat-updated.ts'
import { ChatUpserted } from '../../schemas/inbound/v1/chat-upserted.ts'
import { ConnectionUpdated } from '../../schemas/inbound/v1/connection-updated.ts'
import { ContactUpdated } from '../../schemas/inbound/v1/contact-updated.ts'
import { ContactUpserted } from '../../schemas/inbound/v1/contact-upserted.ts'
import { decodeEvent } from '../../schemas/inbound/v1/decode-event.ts'
import { HistoryChats } from '../../schemas/inbound/v1/history-chats.ts'
import { HistoryContacts } from '../../schemas/inbound/v1/history-contacts.ts'
import { HistoryMessages } from '../../schemas/inbound/v1/history-messages.ts'
import { MessageUpdated } from '../../schemas/inbound/v1/message-updated.ts'
import { MessageUpserted } from '../../schemas/inbound/v1/message-upserted.ts'
import { VALID } from './payload-generators.ts'

const CODECS = { ChatUpserted, ChatUpdated, MessageUpserted, MessageUpdated, ContactUpserted, ContactUpdated, ConnectionUpdated,
  HistoryChats, HistoryMessages, HistoryContacts } as const

/** Optional texts and identifiers are never empty, null only clears. */
const NULLABLE = new Set(['ContactUpdated', 'ConnectionUpdated'])

for (const name of Object.keys(CODECS) as (keyof typeof CODECS)[]) {
  const codec = CODECS[name] as PayloadCodec<object>
  const decode = decodeEvent(codec)
  describe(name, () => {
    it('decodes every valid wire object to clean values', () => {
      fc.assert(fc.property(VALID[name] as fc.Arbitrary<object>, (wire) => {
        const decoded = decode(wire)
        if (E.isLeft(decoded)) throw new Error(`${decoded.left.reason} at ${decoded.left.pointer}`)
        const values: ReadonlyArray<unknown> = Object.values(decoded.right)
        expect(values).not.to.include('')
        expect(values).not.to.include(undefined)
        if (!NULLABLE.has(name)) expect(values).not.to.include(null)
        expect(codec.is(decoded.right)).to.equal(true)
      }))
    })

    it('answers any JSON value with a payload or a bounded reason', () => {
      fc.assert(fc.property(fc.anything(), (wire) => {
        const decoded = decode(wire)
        if (E.isLeft(decoded)) expect(JSON.stringify(decoded.left).length).to.be.below(600)
      }))
    })

    it('refuses a body with camelCase or no keys', () => {
      expect(decode({ chatId: 'c', messageId: 'm', phoneNumber: '6281', agentId: 'a', jid: 'j', flow: 'IN', lastBatch: true }))
        .to.have.nested.property('left.reason', 'missing_field')
      expect(decode({})).to.have.nested.property('left.reason', 'missing_field')
    })
  })
}
