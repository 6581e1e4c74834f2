import { expect } from 'chai'
import { comparePositions, ORIGIN, type LoggedFact, type Position } from '../../application/ports/event-log.ts'
import type { CompanyId } from '../../domain/company.ts'
import type { AgentId } from '../../domain/agent/agent.ts'
import { aChange } from '../support/a-change.ts'
import { aCompanyId } from '../support/a-company-id.ts'
import { aMessage } from '../support/a-message.ts'
import { live } from '../support/an-observation.ts'
import { factsOf } from '../support/facts-of.ts'
import { rightOf } from '../support/right-of.ts'
import type { TransactionsSubject } from './transactions.contract.ts'

const TRACE = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'
const OUTGOING = { flow: 'OUT' } as const

/** What every EventLog promises; the subject's store is shared by the tests, each reads from where the log ended before it. */
export const describeEventLog = (adapter: string, open: () => TransactionsSubject): void => {
  describe(`EventLog, ${adapter}`, () => {
    const saveMessage = (companyId: CompanyId, id: string): Promise<void> =>
      rightOf(open().transactions.transact({ companies: [companyId], locks: [] }, (tx) =>
        tx.save({ message: [aChange('message', { companyId, id }, [aMessage(live(1), OUTGOING)])] })))
    const saveAgent = (companyId: CompanyId): Promise<void> =>
      rightOf(open().transactions.transact({ companies: [companyId], locks: [] }, (tx) => tx.save({ agent: [
        aChange('agent', { companyId, id: 'a1' }, [{ type: 'RecordAgent', agentId: 'a1' as AgentId, seen: live(1), fields: {} }])] })))

    /** Saves three messages and an agent, in that order; answers the facts and the position before the first. */
    const aStory = async (): Promise<{ readonly before: Position; readonly facts: ReadonlyArray<LoggedFact> }> => {
      const companyId = aCompanyId()
      for (const id of ['m1', 'm2', 'm3']) await saveMessage(companyId, id)
      await saveAgent(companyId)
      const facts = await factsOf(open().log, companyId, 4)
      const all = await rightOf(open().log.read(ORIGIN, ['message', 'agent'], 100_000))
      const first = all.facts.findIndex((fact) => fact.companyId === companyId)
      return { before: all.facts[first - 1]?.position ?? ORIGIN, facts }
    }

    it('gives facts in the order of their transactions', async () => {
      const { facts } = await aStory()
      expect(facts.map(({ kind, id }) => `${kind} ${id}`)).to.deep.equal(['message m1', 'message m2', 'message m3', 'agent a1'])
      expect(facts.every(({ position }, i) => i === 0 || comparePositions(facts[i - 1]?.position ?? ORIGIN, position) < 0)).to.equal(true)
    })

    it('goes on where a page ended, without a gap and without a repetition', async () => {
      const { before, facts } = await aStory()
      const first = await rightOf(open().log.read(before, ['message'], 2))
      const second = await rightOf(open().log.read(first.through?.position ?? ORIGIN, ['message', 'agent'], 2))
      expect([...first.facts, ...second.facts]).to.deep.equal(facts)
    })

    it('gives only the kinds asked for, and says how far it looked', async () => {
      const { before, facts } = await aStory()
      const page = await rightOf(open().log.read(before, ['agent'], 3))
      expect(page.facts).to.deep.equal([])
      expect(page.through).to.deep.equal({ position: facts[2]?.position, recordedAt: facts[2]?.recordedAt })
    })

    it('gives only the types asked for, where some are named', async () => {
      const companyId = aCompanyId()
      await rightOf(open().transactions.transact({ companies: [companyId], locks: [] }, (tx) =>
        tx.save({ message: [aChange('message', { companyId, id: 'm1' }, [aMessage(live(1), { flow: 'IN' })])] })))
      const [recorded, arrived] = await factsOf(open().log, companyId, 2)
      expect([recorded?.event.type, arrived?.event.type]).to.deep.equal(['MessageRecorded', 'MessageArrivedLive'])
      const page = await rightOf(open().log.read(ORIGIN, ['message', 'agent'], 100_000, ['MessageArrivedLive']))
      expect(page.facts.filter((fact) => fact.companyId === companyId)).to.deep.equal([arrived])
      const none = await rightOf(open().log.read(ORIGIN, ['agent'], 100_000, ['MessageArrivedLive']))
      expect(none.facts).to.deep.equal([])
    })

    it('gives back the trace of a fact that has one, and none for its neighbours', async () => {
      const companyId = aCompanyId()
      const [plain, traced] = [aChange('message', { companyId, id: 'm1' }, [aMessage(live(1), OUTGOING)]),
        aChange('message', { companyId, id: 'm2' }, [aMessage(live(2), OUTGOING)])]
      const facts = traced.facts.map((fact) => ({ ...fact, cause: { ...fact.cause, trace: TRACE } }))
      await rightOf(open().transactions.transact({ companies: [companyId], locks: [] }, (tx) =>
        tx.save({ message: [plain, { ...traced, facts }] })))
      const told = (await factsOf(open().log, companyId, 2)).map(({ id, trace }) => [id, trace])
      expect(told).to.have.deep.members([['m1', undefined], ['m2', TRACE]])
    })

    it('says nothing when there is nothing more', async () => {
      const { facts } = await aStory()
      expect(await rightOf(open().log.read(facts[3]?.position ?? ORIGIN, ['message'], 10))).to.deep.equal({ facts: [] })
      expect(await rightOf(open().log.oldestAfter(facts[3]?.position ?? ORIGIN))).to.equal(undefined)
    })

    it('says when the oldest fact not yet read was recorded', async () => {
      const started = Date.now()
      const { before, facts } = await aStory()
      const oldest = await rightOf(open().log.oldestAfter(before))
      expect(oldest).to.equal(facts[0]?.recordedAt)
      expect(oldest).to.be.within(started - 1_000, Date.now() + 1_000)
    })
  })
}
