import fc from 'fast-check'
import type { Instruction } from '../../../application/aggregates.ts'
import type { Observation } from '../../../domain/clock.ts'
import type { CompanyId } from '../../../domain/company.ts'
import type { ContactFields } from '../../../domain/contact/contact.ts'
import type { MessageFields } from '../../../domain/message/message.ts'
import { aMessageCommand, anUpsertOrUpdateOfContact } from '../../domain/convergence/any-command.ts'
import { expectSame } from '../../domain/convergence/converges.ts'
import { anyDeliveries, inBatches, once, RUNS, shuffledAndRepeated } from '../../domain/convergence/deliveries.ts'
import { aSyncRequest } from '../../support/a-synced-agent.ts'
import { minutes } from '../../support/an-observation.ts'
import { aCompanyInMemory, instructionOf } from '../projections/a-company-in-memory.ts'
import { aSyncJob } from './a-sync-job.ts'

const companyId = 'acme' as CompanyId
/** Each run is two companies with all that follows the log. */
const HALF_OF_THE_RUNS = { numRuns: Math.ceil(RUNS.numRuns / 2) }

/** A message has one sender, whoever tells of it; anything else about it may be told differently. */
const SENDERS: Readonly<Record<string, Partial<MessageFields>>> = {
  m1: { flow: 'IN', agentId: 'a1', fromPhone: '62812' }, m2: { flow: 'IN', agentId: 'a1', fromPhone: '62999' },
}

const aMessage = (seen: Observation): fc.Arbitrary<Instruction> => fc.record({
  command: aMessageCommand(seen), messageId: fc.constantFrom('m1', 'm1', 'm2', 'm3'),
}).map(({ command, messageId }): Instruction => {
  const id = messageId as typeof command.messageId
  const sender = SENDERS[messageId] ?? { flow: 'IN', agentId: 'a1', fromPhone: '62812' }
  return instructionOf('message', id, command.type === 'RecordMessage'
    ? { ...command, messageId: id, fields: { ...command.fields, ...sender } } : { ...command, messageId: id })
})

/** Contacts whose ids say who they are. */
const aContact = (seen: Observation): fc.Arbitrary<Instruction> => anUpsertOrUpdateOfContact(seen).map((command) => {
  if (command.type !== 'RecordContact' && command.type !== 'UpdateContact') throw new Error('another command was asked for')
  const [agentId = '', phoneNumber = ''] = command.contactId.split('/')
  const { agentId: _, phoneNumber: __, ...rest } = command.fields
  const who: Partial<ContactFields> = command.type === 'RecordContact' ? { agentId, phoneNumber } : {}
  return instructionOf('contact', command.contactId, { ...command, fields: { ...rest, ...who } })
})

/** What happens between two batches: a step of a policy or projection, a request of a sync, a page of it, a crash after a page. */
const happenings = fc.array(fc.record({
  what: fc.constantFrom('follow', 'request', 'sync', 'sync', 'crash'), which: fc.nat({ max: 6 }), size: fc.integer({ min: 1, max: 3 }),
}), { maxLength: 8 })
type Happening = typeof happenings extends fc.Arbitrary<ReadonlyArray<infer H>> ? H : never

const companyAfter = async (batches: ReadonlyArray<ReadonlyArray<Instruction>>, between: ReadonlyArray<Happening>) => {
  const company = aCompanyInMemory()
  const job = await aSyncJob(companyId, company.log, company.handle)
  const happen = async ({ what, which, size }: Happening): Promise<unknown> => {
    switch (what) {
      case 'follow': return company.step(which, size)
      case 'request': return company.handle([aSyncRequest(companyId, minutes(which))])
      case 'crash': return job.crash(size)
      case 'sync': return job.step(size)
    }
  }
  for (const [i, batch] of batches.entries()) {
    await company.handle(batch)
    for (const happening of between.filter((_, place) => place % batches.length === i)) await happen(happening)
  }
  await company.toTheEnd()
  await company.handle([aSyncRequest(companyId, minutes(60))])
  await job.toTheEnd(2)
  await company.toTheEnd()
  return [company.states(), company.readModel()]
}

describe('convergence, the post-scan sync among live events', () => {
  it('comes to one state of a company, whenever syncs ran before the last one, however often and however far', async () => {
    const anInstruction = (seen: Observation) => fc.oneof(aMessage(seen), aMessage(seen), aContact(seen))
    await fc.assert(fc.asyncProperty(anyDeliveries(anInstruction), happenings, async (all, between) => {
      const straight = await companyAfter([once(all)], [])
      expectSame(await companyAfter(inBatches(shuffledAndRepeated(all), all.batchSizes), between), straight)
    }), HALF_OF_THE_RUNS)
  }).timeout(120_000)
})
