import { expect } from 'chai'
import fc from 'fast-check'
import type { Instruction } from '../../../application/aggregates.ts'
import type { EventCause } from '../../../application/ports/cause.ts'
import type { Observation } from '../../../domain/clock.ts'
import { aMessage } from '../../support/a-message.ts'
import { live, minutes } from '../../support/an-observation.ts'
import { aCompany, companyId, type Following } from './a-company.ts'
import { aMessageCommand, anAliasCommand, anUpsertOrUpdateOfContact } from './any-command.ts'
import { expectSame } from './converges.ts'
import { anyDeliveries, inBatches, once, PATIENCE, RUNS, shuffledAndRepeated } from './deliveries.ts'

const cause: EventCause =
  { type: 'event', stream: 's', sequence: 1, item: 0, subject: 's', messageId: 'm', consumer: 'c', consumerSequence: 1 }

const anInstruction = (seen: Observation): fc.Arbitrary<Instruction> => fc.oneof(
  aMessageCommand(seen).map((command): Instruction => ({ kind: 'message', companyId, id: command.messageId, command, cause })),
  anUpsertOrUpdateOfContact(seen).map((command): Instruction => ({ kind: 'contact', companyId, id: command.contactId, command, cause })),
  anAliasCommand(seen).map((command): Instruction => ({ kind: 'alias', companyId, id: command.aliasId, command, cause })))

/** What the policies do between two batches: follow some facts, some of them in vain. */
const followings: fc.Arbitrary<ReadonlyArray<ReadonlyArray<Following>>> = fc.array(fc.array(fc.record({
  policy: fc.integer({ min: 0, max: 1 }), facts: fc.integer({ min: 1, max: 4 }), crash: fc.boolean(),
}), { maxLength: 3 }), { minLength: 1, maxLength: 4 })

/** Batches with policies in between, which catch up when all is delivered. */
const companyAfter = (batches: ReadonlyArray<ReadonlyArray<Instruction>>, between: ReadonlyArray<ReadonlyArray<Following>>) => {
  const company = aCompany()
  for (const [i, batch] of batches.entries()) {
    company.handle(batch)
    for (const following of between[i % between.length] ?? []) company.follow(following)
  }
  company.followToTheEnd()
  return company
}

describe('convergence, messages, contacts and aliases with the policies between them', function () {
  this.timeout(PATIENCE)

  it('comes to one state of a company, however far the policies lag and however often they are told', () => {
    fc.assert(fc.property(anyDeliveries(anInstruction), followings, (all, between) => {
      const straight = companyAfter([once(all)], [[]])
      const shuffled = companyAfter(inBatches(shuffledAndRepeated(all), all.batchSizes), between)
      expectSame(shuffled.states(), straight.states())
      shuffled.expectRebuilt()
    }), RUNS)
  })

  it('onboards the same contact whether a middle greeting was told or not', () => {
    const campaign = { tags: 'promo', assignedTo: 'cs-07', origin: 'ads' }
    const [first, middle, last] = [1, 2, 3].map((minute): Instruction => {
      const command = aMessage(live(minute), { timestamp: minutes(0) }, { campaign })
      const retold = { ...command, fields: { ...command.fields, timestamp: minutes(5) } }
      return { kind: 'message', companyId, id: command.messageId, command: retold, cause }
    })
    if (first === undefined || middle === undefined || last === undefined) throw new Error('three were made')
    const [told, skipped] = [companyAfter([[first, middle, last]], [[]]), companyAfter([[first, last, middle]], [[]])]
    expectSame(skipped.states(), told.states())
    expect(told.states()[2]?.size).to.equal(1)
  })
})
