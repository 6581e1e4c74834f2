import { expect } from 'chai'
import fc from 'fast-check'
import type { Delivery } from '../../../adapters/inbound/nats/delivery.ts'
import type { EventName } from '../../../adapters/inbound/nats/subjects.ts'
import type { AggregateKind } from '../../../application/aggregates.ts'
import { expectSame } from '../../domain/convergence/converges.ts'
import { anyDeliveries, inBatches, once, RUNS, shuffledAndRepeated, type Deliveries } from '../../domain/convergence/deliveries.ts'
import { aFailingCompany, type Fault } from './a-failing-company.ts'
import { anEvent } from './any-event.ts'

/** Each event type, and the kinds of aggregates that its failure keeps back, directly or by a policy. */
const KINDS: Readonly<Record<EventName, ReadonlyArray<AggregateKind>>> = {
  'v1.chats.upsert': ['chat'],
  'v1.chats.update': ['chat'],
  'v1.messages.upsert': ['message', 'onboarding', 'contact'],
  'v1.messages.update': ['message'],
  'v1.contacts.upsert': ['contact', 'alias'],
  'v1.contacts.update': ['contact', 'alias'],
  'v1.connection.update': ['agent'],
  'v1.history.chats': ['chat'],
  'v1.history.messages': ['message', 'sync'],
  'v1.history.contacts': ['contact', 'alias'],
}

/** Histories of a company for each type; enough that every kind is met. */
const RUNS_PER_TYPE = { numRuns: Math.max(100, Math.ceil(RUNS.numRuns / 20)) }

/** What follows the log between two batches. */
const steps = fc.array(fc.record({ follower: fc.nat({ max: 6 }), limit: fc.integer({ min: 1, max: 4 }) }), { maxLength: 4 })
interface Between { readonly steps: ReadonlyArray<{ readonly follower: number; readonly limit: number }>; readonly replayAfter: number }

const undisturbed = async (all: Deliveries<Delivery>, fault: Fault) => {
  const { company, deliver, replay } = aFailingCompany(fault)
  await replay()
  await deliver(once(all))
  await company.toTheEnd()
  return company
}

/** The fault fails until the others have passed, as far as `replayAfter` says; answers the kinds that its replay changed then. */
const disturbed = async (all: Deliveries<Delivery>, fault: Fault, between: Between) => {
  const { company, deliver, replay, failed } = aFailingCompany(fault)
  const batches = inBatches(shuffledAndRepeated(all), all.batchSizes)
  const replayAt = batches.length - 1 - between.replayAfter % batches.length
  let changed: ReadonlyArray<string> = []
  for (const [i, batch] of batches.entries()) {
    await deliver(batch)
    const step = between.steps[i % (between.steps.length || 1)]
    if (step !== undefined) await company.step(step.follower, step.limit)
    if (i === replayAt && failed() > 0) {
      await company.toTheEnd()
      const before = company.states()
      await replay()
      await company.toTheEnd()
      const after = company.states()
      changed = [...after.keys()].filter((key) => JSON.stringify(after.get(key)) !== JSON.stringify(before.get(key)))
        .map((key) => key.slice(0, key.indexOf(' ')))
    }
  }
  if (changed.length === 0) await replay()
  await company.toTheEnd()
  return { company, changed }
}

const mayPass = (name: EventName, kinds: ReadonlyArray<AggregateKind>): void => {
  it(`${name} may come after all that followed it, and leaves the same ${kinds.join(', ')}`, async () => {
    const seen = new Set<string>()
    const inputs = [anyDeliveries(anEvent(name, 'acme')), fc.record({ steps, replayAfter: fc.oneof(fc.constant(0), fc.nat({ max: 3 })) }),
      fc.nat({ max: 9 }), fc.option(fc.nat({ max: 9 }), { nil: 'whole' as const })] as const
    await fc.assert(fc.asyncProperty(...inputs, async (all, between, which, item) => {
      const ofType = once(all).filter(({ subject }) => subject.startsWith(`${name}.`))
      const delivery = ofType[which % ofType.length]
      fc.pre(delivery !== undefined)
      const expected = await undisturbed(all, { delivery, item })
      const { company, changed } = await disturbed(all, { delivery, item }, between)
      expectSame([company.states(), company.readModel()], [expected.states(), expected.readModel()])
      for (const kind of changed) seen.add(kind)
    }), RUNS_PER_TYPE)
    expect([...seen]).to.have.members(kinds)
  }).timeout(120_000)
}

describe('order after failure: an event that failed and is replayed with its original clock', () => {
  for (const [name, kinds] of Object.entries(KINDS)) mayPass(name as EventName, kinds)
})
