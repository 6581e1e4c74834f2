import { expect } from 'chai'
import type { Instruction } from '../../application/aggregates.ts'
import type { HandleBatch } from '../../application/commands/handle-batch.ts'
import type { DueSync, PostScanSyncs } from '../../application/ports/post-scan-syncs.ts'
import type { CompanyId } from '../../domain/company.ts'
import { aCause } from '../support/a-change.ts'
import { aCompanyId } from '../support/a-company-id.ts'
import { aContactUpdate } from '../support/a-contact.ts'
import { aMessageUpdate } from '../support/a-message.ts'
import { clock, imported, live, minutes } from '../support/an-observation.ts'
import { aSyncRequest, contactOf, messageFrom, type Sent } from '../support/a-synced-agent.ts'
import { eventually } from '../support/eventually.ts'
import { rightOf } from '../support/right-of.ts'

export interface PostScanSyncsSubject { readonly syncs: PostScanSyncs; readonly handle: HandleBatch }

const LEASE_MS = 60_000
const SOON_OVER_MS = 30
const FAR_AHEAD = minutes(60 * 24 * 365 * 50)

/** What every PostScanSyncs adapter promises. The wall clock of the subject stands after `minutes(0)`. */
export const describePostScanSyncs = (adapter: string, open: () => PostScanSyncsSubject): void => {
  describe(`PostScanSyncs, ${adapter}`, () => {
    const handle = (...instructions: ReadonlyArray<Instruction>): Promise<unknown> => rightOf(open().handle(instructions))
    const claim = (companyId: CompanyId, leaseMs = LEASE_MS) => rightOf(open().syncs.claim([companyId], leaseMs))
    const claimed = async (companyId: CompanyId): Promise<DueSync> => await claim(companyId) ?? expect.fail('nothing was due')
    const advance = (sync: DueSync, after?: string) => rightOf(open().syncs.advance(sync, after))
    const requested = async (): Promise<CompanyId> => {
      const companyId = aCompanyId()
      await handle(aSyncRequest(companyId, minutes(0)))
      return companyId
    }

    it('has nothing to give where nothing was requested, nor before it is due', async () => {
      const companyId = aCompanyId()
      expect(await claim(companyId)).to.equal(undefined)
      await handle(aSyncRequest(companyId, FAR_AHEAD))
      expect(await claim(companyId)).to.equal(undefined)
    })

    it('gives what is due, of the companies asked for only', async () => {
      const companyId = await requested()
      expect(await claim(aCompanyId())).to.equal(undefined)
      expect(await rightOf(open().syncs.claim([], LEASE_MS))).to.equal(undefined)
      expect(await claim(companyId)).to.deep.equal({ companyId, agentId: 'a1', dueAt: minutes(0) })
    })

    it('gives a sync to one of many who ask at once', async () => {
      const companyId = await requested()
      const answers = await Promise.all([1, 2, 3, 4].map(() => claim(companyId)))
      expect(answers.filter((sync) => sync !== undefined)).to.have.length(1)
    })

    it('gives it to another once the lease is over', async () => {
      const companyId = await requested()
      expect(await claim(companyId, SOON_OVER_MS)).not.to.equal(undefined)
      await eventually('the lease is over', async () => await claim(companyId, SOON_OVER_MS) !== undefined)
    })

    it('goes on where it was left, and is over when it is done', async () => {
      const companyId = await requested()
      expect(await advance(await claimed(companyId), '62811')).to.equal(true)
      const next = await claimed(companyId)
      expect(next.after).to.equal('62811')
      expect(await advance(next)).to.equal(true)
      expect(await claim(companyId)).to.equal(undefined)
    })

    it('is not moved by who stands elsewhere', async () => {
      const companyId = await requested()
      const sync = await claimed(companyId)
      expect(await advance(sync, '62811')).to.equal(true)
      expect(await advance(sync, '62899')).to.equal(false)
      expect(await advance(sync)).to.equal(false)
      expect((await claimed(companyId)).after).to.equal('62811')
    })

    it('runs again from the beginning when it is requested again, whoever is still at the old run', async () => {
      const companyId = await requested()
      const old = await claimed(companyId)
      expect(await advance(old, '62811')).to.equal(true)
      await handle(aSyncRequest(companyId, minutes(1)))
      expect(await advance({ ...old, after: '62811' })).to.equal(false)
      const next = await claimed(companyId)
      expect(next).to.deep.equal({ companyId, agentId: 'a1', dueAt: minutes(1) })
      expect(await advance(next)).to.equal(true)
      await handle(aSyncRequest(companyId, minutes(0)), aSyncRequest(companyId, minutes(1)))
      expect(await claim(companyId)).to.equal(undefined)
      await handle(aSyncRequest(companyId, minutes(2)))
      expect(await claimed(companyId)).to.include({ dueAt: minutes(2) })
    })

    it('takes turns between agents', async () => {
      const companyId = await requested()
      await handle(aSyncRequest(companyId, minutes(1), 'a2'))
      const first = await claimed(companyId)
      expect(first.agentId).to.equal('a1')
      await advance(first, '62811')
      expect((await claimed(companyId)).agentId).to.equal('a2')
    })

    describe('looking through contacts', () => {
      const scan = (companyId: CompanyId, after?: string, limit = 10) =>
        rightOf(open().syncs.scan({ companyId, agentId: 'a1' as DueSync['agentId'], dueAt: minutes(0), ...(after && { after }) }, limit))
      const oldest = async (...messages: ReadonlyArray<Sent>) => {
        const companyId = aCompanyId()
        await handle(contactOf(companyId, '62811'), ...messages.map((message) => messageFrom(companyId, '62811', message)))
        return (await scan(companyId))[0]?.oldest
      }

      it('sees the agent\'s contacts page by page, by phone number', async () => {
        const companyId = aCompanyId()
        await handle(contactOf(companyId, '62813'), contactOf(companyId, '62811'), contactOf(companyId, '62812'),
          contactOf(companyId, '62810', 'a2'), contactOf(aCompanyId(), '62810'))
        const page = await scan(companyId, undefined, 2)
        expect(page).to.deep.equal(['62811', '62812'].map((phoneNumber) => ({ contactId: `a1/${phoneNumber}`, phoneNumber })))
        expect((await scan(companyId, '62812', 2)).map(({ phoneNumber }) => phoneNumber)).to.deep.equal(['62813'])
      })
      it('does not see a contact of which only updates are known', async () => {
        const companyId = aCompanyId()
        const command = aContactUpdate(live(1), { agentId: 'a1', phoneNumber: '62811' })
        await handle({ kind: 'contact', companyId, id: 'k1', cause: aCause(), command })
        expect(await scan(companyId)).to.deep.equal([])
      })
      it('finds the oldest message, by when it was first seen, then by id', async () => {
        const sent = { messageId: 'm2', firstSeen: clock(imported(5, 2), minutes(-60)) }
        expect(await oldest({ id: 'm1', seen: live(3) }, { id: 'm2', seen: imported(5, 2), timestamp: minutes(-60) })).to.deep.equal(sent)
        expect(await oldest({ id: 'm1', seen: live(3), timestamp: minutes(1) }, { id: 'm0', seen: live(4), timestamp: minutes(1) }))
          .to.include({ messageId: 'm0' })
        expect(await oldest({ id: 'a', seen: live(3) }, { id: 'B', seen: live(3) })).to.include({ messageId: 'B' })
      })
      it('takes the lowest clock of a message that came more than once', async () => {
        expect(await oldest({ id: 'm1', seen: live(3), timestamp: minutes(2) }, { id: 'm1', seen: imported(5), timestamp: minutes(-9) }))
          .to.deep.equal({ messageId: 'm1', firstSeen: clock(imported(5), minutes(-9)) })
      })
      it('passes over what was sent out, to another agent, from another number, or to another company', async () => {
        expect(await oldest({ id: 'm1', seen: live(3), fields: { flow: 'OUT' } }, { id: 'm2', seen: live(3), fields: { agentId: 'a2' } },
          { id: 'm3', seen: live(3), fields: { fromPhone: '62812' } })).to.equal(undefined)
        const companyId = aCompanyId()
        await handle(contactOf(companyId, '62811'), messageFrom(aCompanyId(), '62811', { id: 'm1', seen: live(1) }))
        expect((await scan(companyId))[0]).not.to.have.property('oldest')
      })
      it('finds a message that was deleted or edited since', async () => {
        const companyId = aCompanyId()
        const command = aMessageUpdate(live(9), { deleted: true })
        await handle(contactOf(companyId, '62811'), messageFrom(companyId, '62811', { id: command.messageId, seen: live(1) }),
          { kind: 'message', companyId, id: command.messageId, cause: aCause(), command })
        expect((await scan(companyId))[0]?.oldest).to.deep.equal({ messageId: command.messageId, firstSeen: clock(live(1)) })
      })
    })
  })
}
