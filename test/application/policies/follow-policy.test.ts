import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { memoryCheckpoints } from '../../../adapters/outbound/memory/checkpoints.ts'
import { memoryEventLog } from '../../../adapters/outbound/memory/event-log.ts'
import { memoryLog } from '../../../adapters/outbound/memory/memory-log.ts'
import { memoryTransactions } from '../../../adapters/outbound/memory/transactions.ts'
import { handleBatch } from '../../../application/commands/handle-batch.ts'
import { followPolicy, type PolicyPorts } from '../../../application/policies/follow-policy.ts'
import { wheneverMessageArrivedLive } from '../../../application/policies/whenever-message-arrived-live.ts'
import { ORIGIN } from '../../../application/ports/event-log.ts'
import type { Unavailable } from '../../../application/ports/unavailable.ts'
import type { ContactId } from '../../../domain/contact/contact.ts'
import { aMessage, messageId } from '../../support/a-message.ts'
import { live } from '../../support/an-observation.ts'
import { answerOf, instructionOf } from '../projections/a-company-in-memory.ts'

const policy = wheneverMessageArrivedLive((_, agentId, phone) => `${agentId}/${phone}` as ContactId)
const down: Unavailable = { type: 'Unavailable', cause: new Error('down') }

/** A log with one customer's message in it: recorded, then arrived. */
const afterOneMessage = async () => {
  const shared = memoryLog()
  const ports: PolicyPorts = {
    log: memoryEventLog(shared), checkpoints: memoryCheckpoints(), handle: handleBatch(memoryTransactions(shared, { nowMs: () => 0 })),
  }
  await answerOf(ports.handle([instructionOf('message', messageId, aMessage(live(1)))]))
  const customers = () => shared.facts.filter(({ kind }) => kind === 'onboarding' || kind === 'contact').length
  return { ports, customers, position: () => answerOf(ports.checkpoints.of('onboarding')) }
}

describe('following a policy', () => {
  it('handles what it reacts to, reads nothing else, and stands behind all of it', async () => {
    const { ports, customers, position } = await afterOneMessage()
    expect(await answerOf(followPolicy(policy, ports, 10))).to.deep.equal({ facts: 1, more: true, moved: true })
    expect(customers()).to.equal(2)
    expect((await position()).seq).to.equal(2)
  })
  it('passes over facts of other kinds, down to the end of the log', async () => {
    const { ports, position } = await afterOneMessage()
    await answerOf(followPolicy(policy, ports, 10))
    expect(await answerOf(followPolicy(policy, ports, 10))).to.deep.equal({ facts: 0, more: true, moved: true })
    expect(await answerOf(followPolicy(policy, ports, 10))).to.deep.equal({ facts: 0, more: false, moved: true })
    expect((await position()).seq).to.equal(4)
  })
  it('stays where it is while the store is away', async () => {
    const { ports, position } = await afterOneMessage()
    expect(await followPolicy(policy, { ...ports, handle: () => TE.left(down) }, 10)()).to.deep.equal(E.left(down))
    expect(await position()).to.deep.equal(ORIGIN)
  })
  it('handles a page again after a crash before its checkpoint, and nothing comes of it', async () => {
    const { ports, customers } = await afterOneMessage()
    const crashing: PolicyPorts = { ...ports, checkpoints: { ...ports.checkpoints, move: () => TE.left(down) } }
    await followPolicy(policy, crashing, 10)()
    expect(customers()).to.equal(2)
    await answerOf(followPolicy(policy, ports, 10))
    expect(customers()).to.equal(2)
  })
  it('says that it was overtaken when another process has moved the checkpoint', async () => {
    const { ports, customers } = await afterOneMessage()
    const both = await Promise.all([1, 2].map(() => answerOf(followPolicy(policy, ports, 10))))
    expect(both.filter(({ moved }) => moved)).to.have.length(1)
    expect(customers()).to.equal(2)
  })
})
