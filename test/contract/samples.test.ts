import { expect } from 'chai'
import { readFileSync } from 'node:fs'
import { decodeDelivery } from '../../adapters/inbound/nats/decode-event.ts'
import { eventNames } from '../../adapters/inbound/nats/subjects.ts'
import { deciders } from '../../application/aggregates.ts'
import type { Decider } from '../../domain/decider.ts'
import { payloadOf } from '../../ops/contracts/inbound.ts'
import { samplesOf } from '../../ops/contracts/samples.ts'
import { decodeFact, encodeFact, factCodecs, SCHEMA_VERSION, type FactKind, type StoredFact } from '../../schemas/events/stored-fact.ts'
import { aDelivery } from '../support/a-delivery.ts'
import { rightIn } from '../support/right-of.ts'
import { translating } from '../support/translating.ts'

/**
 * What was published and stored once, frozen: whatever release reads it, it means the same. A new event, type of fact or version gets a
 * sample of its own; the old ones are never changed (`ops/docs/contracts.md`).
 */

interface FactSample { readonly about: string; readonly facts: ReadonlyArray<StoredFact>; readonly state: unknown }

const kinds = Object.keys(factCodecs) as FactKind[]
const versions = Array.from({ length: SCHEMA_VERSION }, (_, i) => i + 1)

const factSamples = (kind: FactKind, version: number): ReadonlyArray<FactSample> =>
  JSON.parse(readFileSync(new URL(`samples/facts/v${version}/${kind}.json`, import.meta.url), 'utf8')) as ReadonlyArray<FactSample>

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown

describe('samples of published events', () => {
  for (const event of eventNames) for (const { about, wire, payload } of samplesOf(event)) it(`${event}: ${about}`, () => {
    expect(plain(rightIn(payloadOf(event).decode(wire)))).to.deep.equal(payload)
    const decoded = rightIn(decodeDelivery(aDelivery(`${event}.ACME01`, wire), { ...translating, historyMode: 'accept_valid' }))
    expect(decoded.invalidItems).to.deep.equal([])
    expect(decoded.instructions).not.to.deep.equal([])
  })
})

describe('samples of stored facts', () => {
  for (const kind of kinds) for (const version of versions) for (const { about, facts, state } of factSamples(kind, version))
    it(`${kind}, version ${version}: ${about}`, () => {
      const { initial, evolve } = deciders[kind] as Decider<unknown, unknown, unknown>
      const read = facts.map((fact) => rightIn(decodeFact(kind, fact)))
      expect(plain(read.reduce(evolve, initial))).to.deep.equal(state)
      if (version === SCHEMA_VERSION) expect(plain(read.map((fact) => encodeFact(kind, fact as { type: string })))).to.deep.equal(facts)
    })

  it('are there for every type of fact', () => {
    const types = kinds.flatMap((kind) => Object.keys(factCodecs[kind]).map((type) => `${kind} ${type}`))
    const shown = kinds.flatMap((kind) => factSamples(kind, SCHEMA_VERSION).flatMap(({ facts }) => facts.map(({ type }) => `${kind} ${type}`)))
    expect([...new Set(shown)]).to.have.members(types)
  })
})
