import fc from 'fast-check'
import type { Instruction } from '../../../application/aggregates.ts'
import type { Observation } from '../../../domain/clock.ts'
import {
  aChatCommand, aMessageCommand, anAgentCommand, anAliasCommand, anOnboardingCommand, anUpsertOrUpdateOfContact,
} from '../../domain/convergence/any-command.ts'
import { expectSame } from '../../domain/convergence/converges.ts'
import { anyDeliveries, inBatches, once, RUNS, shuffledAndRepeated } from '../../domain/convergence/deliveries.ts'
import { aCompanyInMemory, instructionOf } from './a-company-in-memory.ts'

type AnInstruction = (seen: Observation) => fc.Arbitrary<Instruction>

const ofMessage: AnInstruction = (seen) => aMessageCommand(seen).map((command) => instructionOf('message', command.messageId, command))
const ofChat: AnInstruction = (seen) => aChatCommand(seen).map((command) => instructionOf('chat', command.chatId, command))
const ofContact: AnInstruction = (seen) =>
  anUpsertOrUpdateOfContact(seen).map((command) => instructionOf('contact', command.contactId, command))
const ofAlias: AnInstruction = (seen) => anAliasCommand(seen).map((command) => instructionOf('alias', command.aliasId, command))
const ofAgent: AnInstruction = (seen) => anAgentCommand(seen).map((command) => instructionOf('agent', command.agentId, command))
const ofOnboarding: AnInstruction = () => anOnboardingCommand().map((command) => instructionOf('onboarding', command.onboardingId, command))
const ofAny: AnInstruction = (seen) => fc.oneof(ofMessage(seen), ofChat(seen), ofContact(seen), ofAlias(seen), ofAgent(seen))

/** A step that one of the followers of the log takes between two batches. */
const aStep = fc.record({ follower: fc.nat({ max: 6 }), limit: fc.integer({ min: 1, max: 4 }) })
type Step = { readonly follower: number; readonly limit: number }

const readModelAfter = async (batches: ReadonlyArray<ReadonlyArray<Instruction>>, between: ReadonlyArray<Step>) => {
  const company = aCompanyInMemory()
  for (const [i, batch] of batches.entries()) {
    await company.handle(batch)
    const step = between[i % (between.length || 1)]
    if (step !== undefined) await company.step(step.follower, step.limit)
  }
  await company.toTheEnd()
  return company.readModel()
}

const converges = (name: string, anInstruction: AnInstruction): void => {
  it(`shows the same of ${name} in any order, with any repetition, in any batches, however far projections and policies lag`, async () => {
    await fc.assert(fc.asyncProperty(anyDeliveries(anInstruction), fc.array(aStep, { maxLength: 4 }), async (all, between) => {
      const straight = await readModelAfter([once(all)], [])
      expectSame(await readModelAfter(inBatches(shuffledAndRepeated(all), all.batchSizes), between), straight)
    }), RUNS)
  }).timeout(120_000)
}

describe('convergence, read models', () => {
  converges('messages and their customers', ofMessage)
  converges('chats', ofChat)
  converges('contacts', ofContact)
  converges('agents', ofAgent)
  converges('onboardings', ofOnboarding)
  converges('a whole company', ofAny)
})
