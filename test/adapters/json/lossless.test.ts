import { expect } from 'chai'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { decodeBody } from '../../../adapters/inbound/nats/json/decode-body.ts'
import { MessageUpserted } from '../../../schemas/inbound/v1/message-upserted.ts'
import { literal, messageUpsert } from '../../support/bad-inputs/valid-events.ts'

const decode = decodeBody(MessageUpserted)

const payloadOf = (bytes: Uint8Array): MessageUpserted => {
  const decoded = decode(bytes)
  if (E.isLeft(decoded)) throw new Error(`refused: ${decoded.left.reason} ${decoded.left.pointer}`)
  return decoded.right.payload
}

const storedObject = (text: string): string | undefined => payloadOf(literal(messageUpsert, 'message_obj', text)('m')).messageObj
const timestampOf = (text: string): unknown => {
  const decoded = decode(literal(messageUpsert, 'message_timestamp', text)('m'))
  return E.isLeft(decoded) ? decoded.left.reason : decoded.right.payload.messageTimestamp
}

describe('numbers', () => {
  for (const text of ['9007199254740993', '1e400', '1.7e9', '1750650042.0', '1E0', '-1.50', '0.1000',
    '123456789012345678901234567890.5e-7']) {
    it(`keeps ${text} in free JSON as written`, () => expect(storedObject(`{"a":[${text}]}`)).to.equal(`{"a":[${text}]}`))
  }

  it('loses no integer in free JSON', () => {
    fc.assert(fc.property(fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }), (integer) => {
      expect(storedObject(`{"n":${integer}}`)).to.equal(`{"n":${integer}}`)
    }))
  })

  it('takes a typed integer exactly or not at all', () => {
    fc.assert(fc.property(fc.bigInt({ min: 1n, max: 10n ** 20n }), fc.constantFrom('', '.0', '.000', 'e0', 'E+0', 'e1'),
      (integer, ending) => {
      const exact = ending === 'e1' ? integer * 10n : integer
      const result = timestampOf(`${integer}${ending}`)
      if (exact > BigInt(Number.MAX_SAFE_INTEGER)) expect(result).to.equal('unsafe_integer')
      else if (exact < 100_000_000_000n) expect(result).to.equal(Number(exact))
      else expect(result).to.be.oneOf([Number(exact / 1000n), 'timestamp_out_of_range'])
    }))
  })

  for (const [text, expected] of [
    ['1750650042.0', 1_750_650_042], ['1.7e9', 1_700_000_000], ['1E0', 1], ['17e-1', 'not_an_integer'], ['170e-1', 17],
    ['0.0', undefined], ['-0', undefined], ['-0.0', undefined], ['0e400', undefined], ['0e999999999', 'out_of_range'],
    ['1e-400', 'not_an_integer'], ['1e400', 'out_of_range'], ['-1e400', 'out_of_range'], ['1e99999999999', 'out_of_range'],
    ['9007199254740993', 'unsafe_integer'], ['9007199254740993.5', 'not_an_integer'],
    ['100000000000', 100_000_000], ['99999999999', 99_999_999_999],
    ['253402300799000', 253_402_300_799], ['253402300799999', 253_402_300_799],
  ] as const) {
    it(`reads a timestamp of ${text} as ${expected ?? 'absent'}`, () => expect(timestampOf(text)).to.equal(expected))
  }

  it('refuses a hostile number of 900,000 digits in linear time', () => {
    expect(timestampOf(`1${'0'.repeat(900_000)}1`)).to.equal('out_of_range')
    expect(timestampOf(`1${'0'.repeat(100_000)}1`)).to.equal('out_of_range')
  })
})

describe('texts', () => {
  it('replaces NUL and half surrogate pairs in values and keys of free JSON, and nothing else', () => {
    expect(storedObject('{"a\\u0000":"\\ud83d","b":"\\\\u0000 \\ud83d\\ude00 \\u0001"}'))
      .to.equal('{"a\ufffd":"\ufffd","b":"\\\\u0000 \u{1F600} \\u0001"}')
  })

  it('replaces NUL in free text', () => {
    expect(payloadOf(literal(messageUpsert, 'message_text', '"a\\u0000\\\\u0000"')('m')).messageText).to.equal('a\ufffd\\u0000')
  })

  it('drops __proto__ at any depth, and pollutes nothing', () => {
    expect(storedObject('{"a":[{"__proto__":{"x":1},"b":2}]}')).to.equal('{"a":[{"b":2}]}')
    expect(({} as { x?: number }).x).to.equal(undefined)
  })

  it('lets the last of duplicate keys win', () => {
    expect(storedObject('{"a":1,"a":9007199254740993}')).to.equal('{"a":9007199254740993}')
  })

  it('gives jsonb only well-formed text without NUL, whatever the strings', () => {
    const units = fc.array(fc.constantFrom('\0', '\ud83d', '\ude00', '\\', 'u0000', 'a', '"', '\u{1F600}', '\n')).map((parts) =>
      parts.join(''))
    fc.assert(fc.property(units, units, (key, value) => {
      const stored = JSON.parse(storedObject(JSON.stringify({ [key]: value })) ?? '') as object
      const clean = (text: string): string => text.toWellFormed().replaceAll('\0', '\ufffd')
      expect(stored).to.deep.equal({ [clean(key)]: clean(value) })
    }))
  })
})
