import { gzipSync } from 'node:zlib'
import { applied, deadLetter, type BadInput, type Expected } from './row.ts'
import { changed, fixed, messageUpdate, messageUpsert, rewritten } from './valid-events.ts'

type Body = BadInput['body']
const row = (id: string, what: string, body: Body, expected: Expected): BadInput =>
  ({ id, what, subject: 'v1.messages.upsert', body, expected })

/** The valid body after a change to its bytes. */
const rebuilt = (rebuild: (bytes: Buffer) => Uint8Array): Body => (unique, company) =>
  rebuild(Buffer.from(changed(messageUpsert, {})(unique, company)))

/** The valid body with raw bytes in place of the text's question mark. */
const withBytes = (...bytes: number[]): Body => rebuilt((body) => {
  const at = body.lastIndexOf('?')
  return Buffer.concat([body.subarray(0, at), Buffer.from(bytes), body.subarray(at + 1)])
})

const swap = (from: string, to: string): Body => rewritten(messageUpsert, (body) => body.replace(from, () => to))
const nested = (depth: number): Body =>
  swap('{"extendedTextMessage":{"text":"masih ada stok?"}}', '{"a":'.repeat(depth - 1) + '1' + '}'.repeat(depth - 1))
const manyKeys = (count: number): object => Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, i]))

/** Bad inputs 1, E1 to E20: what never becomes a value, and its limits. */
export const SYNTAX_ROWS: ReadonlyArray<BadInput> = [
  row('E1', 'empty body', fixed(''), deadLetter('empty_body', '')),
  row('E2a', 'only white space', fixed(' \t \r\n '), deadLetter('empty_body')),
  row('E2b', 'only a line feed', fixed('\n'), deadLetter('empty_body')),
  ...['null', 'true', '42', '"x"', '1e400'].map((text, i) =>
    row(`E3${'abcde'[i]}`, `${text} as body`, fixed(text), deadLetter('not_an_object', ''))),
  row('E4a', 'empty array as body', fixed('[]'), deadLetter('not_an_object')),
  row('E4b', 'array of an object as body', fixed('[{}]'), deadLetter('not_an_object')),
  row('E5', 'truncated JSON', rebuilt((body) => body.subarray(0, -1)), deadLetter('malformed_json')),
  row('E6a', 'trailing comma', rewritten(messageUpsert, (body) => body.replace(/\}$/, ',}')), deadLetter('malformed_json')),
  row('E6b', 'single quotes', rewritten(messageUpsert, (body) => body.replaceAll('"', "'")), deadLetter('malformed_json')),
  row('E6c', 'comment', rewritten(messageUpsert, (body) => `${body} // done`), deadLetter('malformed_json')),
  row('E6d', 'NaN', swap('1750650042', 'NaN'), deadLetter('malformed_json')),
  row('E6e', 'Infinity', swap('1750650042', 'Infinity'), deadLetter('malformed_json')),
  row('E6f', 'hexadecimal number', swap('1750650042', '0x684'), deadLetter('malformed_json')),
  row('E6g', 'unquoted key', swap('"status"', 'status'), deadLetter('malformed_json')),
  row('E7a', 'two documents', rewritten(messageUpsert, (body) => body + body), deadLetter('malformed_json')),
  row('E7b', 'trailing garbage', rewritten(messageUpsert, (body) => `${body} x`), deadLetter('malformed_json')),
  row('E9a', 'UTF-16LE', rebuilt((body) => Buffer.from(body.toString(), 'utf16le')), deadLetter('invalid_utf8')),
  row('E9b', 'UTF-16BE', rebuilt((body) => Buffer.from(body.toString(), 'utf16le').swap16()), deadLetter('invalid_utf8')),
  row('E9c', 'UTF-16LE with its mark', rebuilt((body) => Buffer.from(`\ufeff${body.toString()}`, 'utf16le')), deadLetter('invalid_utf8')),
  row('E9d', 'UTF-32LE', rebuilt((body) => Buffer.from([...body].flatMap((byte) => [byte, 0, 0, 0]))), deadLetter('invalid_utf8')),
  row('E10', 'ff fe in a string', withBytes(0xff, 0xfe), deadLetter('invalid_utf8')),
  row('E12', 'CESU-8 surrogate', withBytes(0xed, 0xa0, 0x80), deadLetter('invalid_utf8')),
  row('E13', 'truncated character at the end', rebuilt((body) => Buffer.concat([body, Buffer.from([0xe2, 0x82])])),
    deadLetter('invalid_utf8')),
  row('E14a', 'tab inside a string', withBytes(0x09), deadLetter('malformed_json')),
  row('E14b', 'line feed inside a string', withBytes(0x0a), deadLetter('malformed_json')),
  row('E14c', '0x01 inside a string', withBytes(0x01), deadLetter('malformed_json')),
  row('E15', 'gzip', rebuilt((body) => gzipSync(body)), deadLetter('invalid_utf8')),
  row('E16', '900 kB of leading white space', rewritten(messageUpsert, (body) => ' '.repeat(900_000) + body), applied()),
  row('E17a', 'depth 64', nested(64), applied()),
  row('E17b', 'depth 65', nested(65), deadLetter('too_deep')),
  row('E17c', 'depth 5,000', nested(5_000), deadLetter('too_deep')),
  row('E17d', 'depth 170,000', nested(170_000), deadLetter('too_deep')),
  row('E17e', '500,000 open brackets', fixed('['.repeat(500_000)), deadLetter('too_deep')),
  row('E18a', '10,000 keys in one object', changed(messageUpsert, { message_obj: manyKeys(10_000) }), applied()),
  row('E18b', '10,001 keys in one object', changed(messageUpsert, { message_obj: manyKeys(10_001) }), deadLetter('too_many_members')),
  row('E18c', '500,000 elements in one array', changed(messageUpsert, { message_obj: { a: Array(500_000).fill(1) } }),
    deadLetter('too_many_members')),
  row('E19', 'key of 100 kB', changed(messageUpsert, { message_obj: { ['k'.repeat(100_000)]: 1 } }), deadLetter('key_too_long')),
  row('E20', 'text of 900,000 characters', changed(messageUpsert, { message_text: 'x'.repeat(900_000) }), applied()),
]

const update = (id: string, what: string, body: Body, expected: Expected): BadInput =>
  ({ id, what, subject: 'v1.messages.update', body, expected })

/** The same faults on an update, whose entity may not have arrived. */
export const SYNTAX_UPDATE_ROWS: ReadonlyArray<BadInput> = [
  update('E5b', 'truncated update', rewritten(messageUpdate, (body) => body.slice(0, -4)), deadLetter('malformed_json')),
  update('E20b', 'media URL of 900,000 characters', changed(messageUpdate, { message_url: `https://x.example/${'x'.repeat(900_000)}` }),
    applied()),
]
