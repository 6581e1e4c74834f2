import { expect } from 'chai'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { parseBody } from '../../../adapters/inbound/nats/json/parse.ts'
import { encode } from '../../support/bad-inputs/row.ts'

/** JSON texts with white space, escapes and numbers that `JSON.stringify` alone would not write. */
const blank = fc.constantFrom('', ' ', '\n\t', '\r ')
const stringText = fc.string({ unit: fc.constantFrom('a', '"', '\\', '\u00e9', '\u{1F600}', '\n', '{', ']', ',', ':') })
  .map((text) => JSON.stringify(text).replaceAll('\u{1F600}', '\\ud83d\\uDE00'))
const numberText = fc.oneof(fc.integer().map(String), fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.constantFrom('-0', '1E5', '0.0', '12345678901234567890', '1e400'))
const { jsonText } = fc.letrec<{ jsonText: string; value: string; array: string }>((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, stringText, numberText, fc.constantFrom('null', 'true', 'false'), tie('array'), tie('jsonText')),
  array: fc.tuple(fc.array(tie('value'), { maxLength: 4 }), blank).map(([items, space]) => `[${space}${items.join(`${space},`)}${space}]`),
  jsonText: fc.tuple(fc.array(fc.tuple(stringText, tie('value')), { maxLength: 4 }), blank).map(([pairs, space]) =>
    `{${space}${pairs.map(([key, value]) => `${key}${space}:${space}${value}`).join(`,${space}`)}${space}}`),
}))

/** -0 and 0 are one number to storage. */
const read = (text: string): unknown => JSON.parse(text, (_key, value: unknown) => (value === 0 ? 0 : value))

const takes = (text: string): boolean => {
  try {
    return JSON.parse(text) !== undefined
  } catch {
    return false
  }
}

const objectOf = (text: string): unknown => {
  const parsed = parseBody(encode(text))
  return E.isRight(parsed) ? parsed.right.value : parsed.left
}

describe('parseBody', () => {
  it('takes every JSON object within the limits, and reads it as JSON.parse does', () => {
    fc.assert(fc.property(jsonText, (text) => {
      expect(read(JSON.stringify(objectOf(text)))).to.deep.equal(read(text))
    }), { numRuns: 500 })
  })

  it('takes a damaged text exactly when JSON.parse takes it', () => {
    fc.assert(fc.property(jsonText, fc.nat(), fc.constantFrom('', '"', ',', '}', '{', ']', '\\', '0', ' '), (text, where, insert) => {
      const at = where % text.length
      const damaged = `{"a":${text.slice(0, at)}${insert}${text.slice(at + 1)}}`
      expect(E.isRight(parseBody(encode(damaged)))).to.equal(takes(damaged))
    }), { numRuns: 2_000 })
  })

  it('reports duplicate keys exactly when there are some', () => {
    const names = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 4 })
    fc.assert(fc.property(names, names, (outer, inner) => {
      const text = `{"in":[{${inner.map((name) => `"${name}":[1,9007199254740993]`).join()}}]${outer.map((name) => `,"${name}":1`).join('')}}`
      const parsed = parseBody(encode(text))
      const duplicates = new Set(outer).size < outer.length || new Set(inner).size < inner.length
      expect(E.isRight(parsed) && parsed.right.repairs).to.deep.equal(duplicates ? ['duplicate_key'] : [])
    }))
  })

  it('never throws, whatever the bytes', () => {
    const jsonLike = fc.array(fc.constantFrom(...'{}[]",:\\u0eE.-19d8 \n'), { maxLength: 200 }).map((chars) => encode(chars.join('')))
    fc.assert(fc.property(fc.oneof(fc.uint8Array({ maxLength: 500 }), jsonLike), (bytes) => {
      expect(parseBody(bytes)).to.have.property('_tag')
    }), { numRuns: 2_000 })
  })

  it('says nothing of the body in its refusal', () => {
    const parsed = parseBody(encode('{"message_text":"rahasia"'))
    expect(JSON.stringify(parsed)).not.to.contain('rahasia')
  })

  it('refuses a body above the limit it is given', () => {
    expect(parseBody(encode('{"a":1}'), { maxBytes: 6 })).to.have.nested.property('left.reason', 'too_large')
    expect(E.isRight(parseBody(encode('{"a":1}'), { maxBytes: 7 }))).to.equal(true)
  })

  it('reads a view that does not start at the beginning of its buffer', () => {
    expect(E.isRight(parseBody(encode('xx{"a":"\u00e9"}yy').subarray(2, -2)))).to.equal(true)
  })
})
