import { Ajv, type AnySchemaObject, type ValidateFunction } from 'ajv'
import { expect } from 'chai'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import type * as t from 'io-ts'
import type { CompanyId } from '../../../domain/company.ts'
import { deadLetterMessage } from '../../../adapters/outbound/nats/dead-letter-message.ts'
import { eventNames } from '../../../adapters/inbound/nats/subjects.ts'
import { factFiles } from '../../../ops/contracts/facts.ts'
import { contractFiles } from '../../../ops/contracts/files.ts'
import { inboundFiles, payloadOf } from '../../../ops/contracts/inbound.ts'
import { schemaOf } from '../../../ops/contracts/json-schema.ts'
import { samplesOf } from '../../../ops/contracts/samples.ts'
import { decodeFact } from '../../../schemas/events/stored-fact.ts'
import { isJsonObject } from '../../../schemas/inbound/raw-json.ts'
import { VALID } from '../../schemas/payload-generators.ts'
import { aDeadLetter } from '../../support/a-dead-letter.ts'
import { everyStoredFact } from '../../support/every-stored-fact.ts'

const RUNS = { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 500) }

const open = (): Ajv => new Ajv({ allowUnionTypes: true, strict: false })
const parsed = (text: string): AnySchemaObject => JSON.parse(text) as AnySchemaObject
const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

const inbound = (): ReadonlyMap<string, ValidateFunction> => {
  const [ajv, files] = [open(), inboundFiles()]
  for (const [path, text] of files) ajv.addSchema(parsed(text), nameOf(path))
  return new Map(files.map(([path, text]) => [String(parsed(text)['title']), ajv.getSchema(nameOf(path)) as ValidateFunction]))
}

const payloads: ReadonlyArray<t.Mixed> = eventNames.map(payloadOf)

/** What each kind of field takes or not, at its edges. */
const EDGES: ReadonlyArray<unknown> = [undefined, null, '', 'x', 'IN', 'OUT', 'in', 'MALE', 'ACTIVE', 'PERSONAL', 0, -0, 1, -1, 1.5, 1e3,
  2_147_483_647, 2_147_483_648, -2_147_483_648, -2_147_483_649, 253_402_300_799, 253_402_300_800, 999_999_999_999, 1e12,
  253_402_300_799_999, 253_402_300_800_000,
  -62_135_596_800, -62_135_596_801, -99_999_999_999, -100_000_000_000, -62_135_596_800_000, -62_135_596_800_001,
  Number.MAX_SAFE_INTEGER, true, false, [], {}, { id: 'k' }, { id: '' }, { id: 'k', fromMe: 'no', from_me: true }, { id: 'k', from_me: 1 },
  { id: 'k', remoteJid: '', remote_jid: 7 }, { tags: 'a' }, { is_campaign: 'yes' }, 'i'.repeat(255), 'i'.repeat(256), '😀'.repeat(255),
  '😀'.repeat(256), 'a\u0000b']

/** Payloads that may be valid, with some of their fields at an edge. */
const almostValid = (name: string, fields: ReadonlyArray<string>): fc.Arbitrary<unknown> =>
  fc.tuple(VALID[name as keyof typeof VALID] as fc.Arbitrary<object>, fc.dictionary(fc.constantFrom(...fields), fc.constantFrom(...EDGES),
    { maxKeys: 3 })).map(([valid, changes]) => JSON.parse(JSON.stringify({ ...valid, ...changes })) as unknown)

describe('the published schemas', () => {
  const schemas = inbound()

  for (const payload of payloads) {
    const takes = schemas.get(payload.name) as ValidateFunction
    const fields = Object.keys((takes.schema as AnySchemaObject)['properties'] as object)
    const isHistory = payload.name.startsWith('History')

    it(`take of ${payload.name} what the codec takes${isHistory ? ' of the whole' : ', and nothing else'}`, () => {
      let [taken, refused] = [0, 0]
      fc.assert(fc.property(almostValid(payload.name, fields), (wire) => {
        const whole = isHistory && isJsonObject(wire) ? Object.fromEntries(Object.entries(wire).map(([key, value]) =>
          [key, Array.isArray(value) ? [] : value])) : wire
        const valid = E.isRight(payload.decode(whole))
        expect(takes(whole), JSON.stringify([whole, takes.errors])).to.equal(valid)
        if (valid) taken += 1
        else refused += 1
      }), RUNS)
      expect(Math.min(taken, refused)).to.be.greaterThan(20)
    }).timeout(60_000)
  }

  it('take every sample, and refuse a history with an item that is none', () => {
    for (const event of eventNames)
      for (const { wire, about } of samplesOf(event)) expect(schemas.get(payloadOf(event).name)?.(wire), `${event}: ${about}`).to.equal(true)
    expect(schemas.get('HistoryChats')?.({ chats: [{ chat_id: 'c' }] })).to.equal(false)
  })

  it('take every fact that is stored, and refuse it damaged', () => {
    const ajv = open()
    for (const [path, text] of factFiles()) ajv.addSchema(parsed(text), nameOf(path))
    const takes = (kind: string, type: string) => ajv.getSchema(`${kind}.json#/definitions/${type}`) as ValidateFunction
    fc.assert(fc.property(everyStoredFact, fc.nat(), fc.constantFrom(...EDGES), ({ kind, fact }, which, edge) => {
      const payload = JSON.parse(JSON.stringify(fact.payload)) as Record<string, unknown>
      expect(takes(kind, fact.type)(payload), fact.type).to.equal(true)
      const field = Object.keys(payload)[which % Object.keys(payload).length] ?? ''
      const damaged = JSON.parse(JSON.stringify({ ...payload, [field]: edge })) as unknown
      expect(takes(kind, fact.type)(damaged), JSON.stringify([fact.type, damaged]))
        .to.equal(E.isRight(decodeFact(kind, { ...fact, payload: damaged })))
    }), RUNS)
  }).timeout(60_000)

  it('take the dead letters that are published, whatever their body', () => {
    const takes = open().compile(parsed(contractFiles().get('outbound/v1/dead-letter.json') ?? ''))
    const bodies = ['{"a":1}', 'no json', '', '{"a":"'.concat('x'.repeat(20_000), '"}')]
    for (const body of bodies) {
      const letter = aDeadLetter('ACME01' as CompanyId, { body: new TextEncoder().encode(body), item: 3 })
      expect(takes(JSON.parse(deadLetterMessage(letter, 16_384).body)), body.slice(0, 9)).to.equal(true)
    }
    expect(takes({ source_subject: 'x' })).to.equal(false)
  })

  it('are never made of a codec that says nothing', () => {
    const silent = { name: 'Silent' } as unknown as t.Mixed
    expect(() => schemaOf(silent, ({ name }) => name)).to.throw(TypeError, 'Silent says nothing')
  })
})
