import { expect } from 'chai'
import type { FoundFailedEvent } from '../../application/ports/failed-event-finder.ts'
import type { PageRequest } from '../../application/ports/finder-page.ts'
import { aFailedEvent } from '../support/a-failed-event.ts'
import { operating, type OpenOperators } from '../support/operators.ts'
import { rightOf } from '../support/right-of.ts'

const placeOf = ({ lastFailedAt, id }: FoundFailedEvent) => ({ at: lastFailedAt, id: String(id) })
const idsOf = (events: ReadonlyArray<FoundFailedEvent>): ReadonlyArray<number> => events.map(({ id }) => id)

/** What every FailedEventFinder adapter promises. */
export const describeFailedEventFinder = (adapter: string, open: () => OpenOperators): void => {
  describe(`FailedEventFinder, ${adapter}`, () => {
    const { companyWith, edit, discard, event } = operating(open)

    it('shows all of a failure but its body', async () => {
      const { companyId, ids: [id = 0] } = await companyWith(1, { subject: 'v1.history.messages.x', item: 4, pointer: '/messages/3/jid' })
      const found = await event(id)
      expect(found).to.deep.include({ id, companyId, subject: 'v1.history.messages.x', eventType: 'v1.history.messages', item: 4,
        stream: 'REALTIME', sequence: 1, status: 'exhausted', reason: 'missing_field', pointer: '/messages/3/jid',
        place: '/messages/*/jid', attempts: 1 })
      expect(found?.fingerprint).to.match(/^[0-9a-f]{12}$/)
      expect(found?.history.map(({ at: _, ...attempt }) => attempt)).to.deep.equal([{ by: 'broker', reason: 'missing_field',
        pointer: '/messages/3/jid', message: 'Send a message id.' }])
      expect(found).not.to.have.any.keys('body', 'nextRetryAt', 'editedBy', 'note')
    })

    it('says when the worker tries a dead one again', async () => {
      const { ids: [id = 0] } = await companyWith(1, { fate: { type: 'attempt', maxAttempts: 1, retryInSeconds: 60 } })
      const found = await event(id)
      expect(found?.status).to.equal('dead')
      expect(found?.nextRetryAt).to.be.greaterThan(found?.firstFailedAt ?? Infinity)
    })

    it('pages latest first, in both directions, without a gap', async () => {
      const { companyId, ids } = await companyWith(5)
      const latestFirst = ids.toReversed()
      const page = async (request: PageRequest) => rightOf(open().finder(companyId).page(request, {}))
      const first = await page({ from: 'start', size: 2 })
      expect({ ids: idsOf(first.rows), more: first.more }).to.deep.equal({ ids: latestFirst.slice(0, 2), more: true })
      const [, last] = first.rows
      if (last === undefined) throw new Error('no second row')
      const next = await page({ from: 'start', size: 3, after: placeOf(last) })
      expect({ ids: idsOf(next.rows), more: next.more }).to.deep.equal({ ids: latestFirst.slice(2), more: false })
      const back = await page({ from: 'end', size: 1, before: placeOf(last) })
      expect(idsOf(back.rows)).to.deep.equal(latestFirst.slice(0, 1))
    })

    it('finds by each condition', async () => {
      const { companyId, ids: [id = 0] } = await companyWith(1)
      await rightOf(open().failedEvents.record([
        aFailedEvent(companyId, { sequence: 7, reason: 'handler_error', pointer: '', subject: `v1.chats.update.${companyId}` })]))
      const [other] = (await rightOf(open().finder(companyId).page({ from: 'start', size: 1 }, {}))).rows
      const found = await event(id)
      const meeting = async (conditions: object) =>
        idsOf((await rightOf(open().finder(companyId).page({ from: 'start', size: 9 }, conditions))).rows)
      expect(await meeting({ reason: 'missing_field' })).to.deep.equal([id])
      expect(await meeting({ eventType: 'v1.chats.update' })).to.deep.equal([other?.id])
      expect(await meeting({ fingerprint: found?.fingerprint })).to.deep.equal([id])
      expect(await meeting({ status: 'dead' })).to.deep.equal([])
      expect(await meeting({ status: 'exhausted' })).to.have.length(2)
    })

    it('groups what failed alike, latest first', async () => {
      const { companyId } = await companyWith(2, { pointer: '/messages/1/jid' })
      await rightOf(open().failedEvents.record([aFailedEvent(companyId, { sequence: 8, pointer: '/messages/2/jid' }),
        aFailedEvent(companyId, { sequence: 9, reason: 'handler_error' })]))
      await rightOf(open().failedEvents.record([aFailedEvent(companyId, { sequence: 10, reason: 'handler_error' })]))
      const groups = await rightOf(open().finder(companyId).groups({}, 10))
      expect(groups.map(({ reason, place, count }) => ({ reason, place, count }))).to.deep.equal([
        { reason: 'handler_error', place: '/message_id', count: 2 }, { reason: 'missing_field', place: '/messages/*/jid', count: 3 }])
      const [latest] = (await rightOf(open().finder(companyId).page({ from: 'start', size: 1 }, {}))).rows
      expect(groups[0]).to.include({ exampleId: latest?.id, fingerprint: latest?.fingerprint, lastFailedAt: latest?.lastFailedAt })
      expect(await rightOf(open().finder(companyId).groups({}, 1))).to.have.length(1)
    })

    it('gives bodies only when asked, the original beside the edited one', async () => {
      const { companyId, ids: [id = 0] } = await companyWith(1)
      await edit(companyId, id, '{"b": 2}')
      const found = (await rightOf(open().finder(companyId).bodies([id], 1))).get(id)
      const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes)
      expect([text(found?.body), text(found?.editedBody)]).to.deep.equal(['{"n": 1}', '{"b": 2}'])
      expect(await event(id)).to.include({ editedBy: 'cli:test' }).and.have.property('editedAt')
    })

    it('gives no bodies behind so many bytes, the latest first, and one at least', async () => {
      const { companyId, ids } = await companyWith(3)
      const given = async (mostBytes: number) => [...(await rightOf(open().finder(companyId).bodies(ids, mostBytes))).keys()]
      const latest = ids.toSorted((a, b) => b - a)
      const size = '{"n": 1}'.length
      expect(await given(1)).to.deep.equal(latest.slice(0, 1))
      expect((await given(size + 1)).toSorted((a, b) => b - a)).to.deep.equal(latest.slice(0, 2))
      expect(await given(3 * size)).to.have.members(ids)
    })

    it('shows the note of one that was discarded', async () => {
      const { companyId, ids: [id = 0] } = await companyWith(1)
      await discard(companyId, [id], 'sent by a test rig')
      expect(await event(id)).to.include({ status: 'discarded', note: 'sent by a test rig' })
    })

    it('finds nothing of another company', async () => {
      const [mine, theirs] = [await companyWith(1), await companyWith(1)]
      const finder = open().finder(mine.companyId)
      expect([...(await rightOf(finder.byIds([...mine.ids, ...theirs.ids]))).keys()]).to.deep.equal(mine.ids)
      expect([...(await rightOf(finder.bodies(theirs.ids, 1))).keys()]).to.deep.equal([])
      expect((await rightOf(finder.groups({}, 10))).map(({ count }) => count)).to.deep.equal([1])
      expect([...(await rightOf(open().finder().byIds([...mine.ids, ...theirs.ids]))).keys()]).to.have.length(2)
    })
  })
}
