import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { noted } from '../../noted.ts'
import { toJsonText, type JsonText } from '../json-text.ts'
import { optional, payload, required } from '../payload.ts'
import { Flag, Identifier, Text, type WireCodec } from '../scalars.ts'

const KeyFields = payload('MessageKey', {
  id: required('id', Identifier),
  fromMe: optional('fromMe', Flag, 'from_me'),
  remoteJid: optional('remoteJid', Text, 'remote_jid'),
})

/** WhatsApp's message key. Stored with exactly the three camelCase keys, absent ones as false and '' (contract 4.3, D4). */
export const MessageKey: WireCodec<JsonText> = noted(new t.Type<JsonText | undefined, unknown, unknown>(
  KeyFields.name,
  (value): value is JsonText | undefined => value === undefined || typeof value === 'string',
  (value, context) => {
    const decoded = KeyFields.validate(value, context)
    if (E.isLeft(decoded)) return decoded
    const { id, fromMe = false, remoteJid = '' } = decoded.right
    return t.success(toJsonText({ id, fromMe, remoteJid }))
  },
  t.identity,
), { of: 'same', as: KeyFields })
