import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import type { AggregateKind, Aggregates } from '../../../application/aggregates.ts'
import { deciders } from '../../../application/aggregates.ts'
import type { Observation } from '../../../domain/clock.ts'
import type { Decider } from '../../../domain/decider.ts'
import { decodeFact, encodeFact, SCHEMA_VERSION, type FactKind, type StoredFact } from '../../../schemas/events/stored-fact.ts'
import {
  aChatCommand, aContactCommand, aMessageCommand, anAgentCommand, anAliasCommand, anOnboardingCommand, aSyncCommand,
} from '../../domain/convergence/any-command.ts'
import { expectSame } from '../../domain/convergence/converges.ts'
import { anyDeliveries, once, RUNS } from '../../domain/convergence/deliveries.ts'
import { factsAfter } from '../../support/every-stored-fact.ts'
import { aMessageRow } from '../../support/read-model-rows.ts'

const onDisk = ({ payload, ...rest }: StoredFact): StoredFact => ({ ...rest, payload: JSON.parse(JSON.stringify(payload)) as unknown })

const comesBack = <K extends AggregateKind>(kind: K, command: (seen: Observation) => fc.Arbitrary<Aggregates[K]['command']>): void => {
  it(`gives back every fact of ${kind} exactly as it was`, () => {
    const decider: Decider<Aggregates[K]['command'], Aggregates[K]['state'], Aggregates[K]['event']> = deciders[kind]
    fc.assert(fc.property(anyDeliveries(command), (all) => {
      for (const fact of factsAfter(decider, once(all))) expectSame(decodeFact(kind, onDisk(encodeFact(kind, fact))), E.right(fact))
    }), RUNS)
  }).timeout(60_000)
}

const recorded = (): StoredFact => {
  const state = aMessageRow('c1', 1)
  if (state.kind !== 'recorded') throw new Error('a recorded message was asked for')
  const { heard, firstSeen } = state
  return encodeFact('message', { type: 'MessageRecorded', messageId: 'm1', heard, firstSeen } as { readonly type: string })
}

const left = (kind: FactKind, fact: StoredFact): unknown => {
  const decoded = decodeFact(kind, fact)
  return E.isLeft(decoded) ? decoded.left : expect.fail('it was read')
}

describe('a stored fact', () => {
  comesBack('message', aMessageCommand)
  comesBack('chat', aChatCommand)
  comesBack('contact', aContactCommand)
  comesBack('alias', anAliasCommand)
  comesBack('agent', anAgentCommand)
  comesBack('onboarding', anOnboardingCommand)
  comesBack('sync', aSyncCommand)

  it('keeps large integers of a JSON text, which stays text', () => {
    expect(JSON.stringify(recorded().payload)).to.include(JSON.stringify('{"n": 9007199254740993}'))
  })
  it('says one clock once for all the fields that were written at it', () => {
    const fields = { jid: { value: 'j', clock: { at: 5, rank: 1, sequence: 7, item: 0 } },
      isGroup: { value: true, clock: { at: 5, rank: 1, sequence: 7, item: 0 } } }
    expect(encodeFact('chat', { type: 'ChatRevised', chatId: 'c1', fields } as { readonly type: string }).payload)
      .to.deep.equal({ chatId: 'c1', fields: [[[5, 1, 7, 0], { jid: 'j', isGroup: true }]] })
  })
  it('is not read when a newer release wrote it', () => {
    const unreadable = { type: 'UnreadableFact', kind: 'message', factType: 'MessageRecorded', schemaVersion: SCHEMA_VERSION + 1 }
    expect(left('message', { ...recorded(), schemaVersion: SCHEMA_VERSION + 1 })).to.deep.equal(unreadable)
  })
  it('is not read when its type is unknown, even if an object has such a name', () => {
    for (const type of ['MessageBlessed', 'toString', '__proto__'])
      expect(left('message', { ...recorded(), type }))
      .to.include({ factType: type })
  })
  it('is not read when it is damaged, and none of it is told', () => {
    const payload = { messageId: 'm1', firstSeen: [1, 5, 3], secret: '62812' }
    expect(JSON.stringify(left('message', { ...recorded(), payload }))).not.to.include('62812')
    expect(left('message', { ...recorded(), payload: null })).to.include({ type: 'UnreadableFact' })
  })
  it('is not read when it has a field that this release does not know', () => {
    const payload = { chatId: 'c1', fields: [[[5, 1, 7, 0], { colour: 'red' }]] }
    expect(left('chat', { type: 'ChatRevised', schemaVersion: SCHEMA_VERSION, payload })).to.include({ type: 'UnreadableFact' })
  })
  it('is a bug when it has no codec', () => {
    expect(() => encodeFact('message', { type: 'MessageBlessed' })).to.throw(TypeError, 'no codec')
  })
})
