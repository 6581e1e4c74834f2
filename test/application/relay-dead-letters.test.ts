import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { memoryDeadLetterOutlet } from '../../adapters/outbound/memory/dead-letter-outlet.ts'
import { memoryFailedEvents } from '../../adapters/outbound/memory/failed-events.ts'
import { relayDeadLetters } from '../../application/commands/relay-dead-letters.ts'
import type { CompanyId } from '../../domain/company.ts'
import { aFailedEvent } from '../support/a-failed-event.ts'
import { rightOf } from '../support/right-of.ts'

const ACME = 'acme' as CompanyId
const unavailable = { type: 'Unavailable' as const, cause: new Error('refused') }

const MANY = { letters: 10, bytes: Infinity }

const withLetters = async (count: number) => {
  const failedEvents = memoryFailedEvents()
  await rightOf(failedEvents.record(Array.from({ length: count }, (_, i) => aFailedEvent(ACME, { sequence: i + 1 }))))
  return { failedEvents, outlet: memoryDeadLetterOutlet() }
}

describe('the relay of dead letters', () => {
  it('copies what is dead, as many as it may at a time, each once', async () => {
    const { failedEvents, outlet } = await withLetters(3)
    const step = () => rightOf(relayDeadLetters(failedEvents, outlet, { letters: 2, bytes: Infinity }))
    expect([await step(), await step(), await step()]).to.deep.equal([2, 1, 0])
    expect(outlet.published().map(({ sequence }) => sequence)).to.deep.equal([1, 2, 3])
  })
  it('copies no more at a time than its bytes allow, and one letter at least', async () => {
    const { failedEvents, outlet } = await withLetters(4)
    const { length } = aFailedEvent(ACME).body
    const step = (bytes: number) => rightOf(relayDeadLetters(failedEvents, outlet, { letters: 10, bytes }))
    expect([await step(1), await step(length + 1), await step(length + 1)]).to.deep.equal([1, 2, 1])
  })
  it('copies again what it could not mark as copied; the outlet keeps one', async () => {
    const { failedEvents, outlet } = await withLetters(1)
    const forgetful = { ...failedEvents, markPublished: () => TE.left(unavailable) }
    expect(await relayDeadLetters(forgetful, outlet, MANY)()).to.deep.equal(E.left(unavailable))
    expect(await rightOf(relayDeadLetters(failedEvents, outlet, MANY))).to.equal(1)
    expect(outlet.published()).to.have.length(1)
  })
  it('marks nothing that the outlet did not take', async () => {
    const { failedEvents } = await withLetters(1)
    await relayDeadLetters(failedEvents, { publish: () => TE.left(unavailable) }, MANY)()
    expect(await rightOf(failedEvents.unpublished(10))).to.have.length(1)
  })
})
