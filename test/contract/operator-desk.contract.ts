import { expect } from 'chai'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { AuditEntry, FoundAuditEntry, TakenEvent } from '../../application/ports/operator-desk.ts'
import type { Selection } from '../../application/ports/replay-job-finder.ts'
import type { Unavailable } from '../../application/ports/unavailable.ts'
import { aCompanyId } from '../support/a-company-id.ts'
import { aFailedEvent } from '../support/a-failed-event.ts'
import { operating, type OpenOperators } from '../support/operators.ts'
import { rightOf } from '../support/right-of.ts'

const DEAD = { fate: { type: 'attempt', maxAttempts: 1, retryInSeconds: 0 } } as const
const ENTRY: AuditEntry = { actor: 'cli:test', action: 'discard', target: 'failed_events', outcome: 'done', details: { count: 2 } }

/** What every OperatorDesk adapter promises, and the audit and the jobs that it writes. */
export const describeOperatorDesk = (adapter: string, open: () => OpenOperators): void => {
  describe(`OperatorDesk, ${adapter}`, () => {
    const { companyWith, job, abort, discard, transact, event, jobOf, items } = operating(open)
    type Company = Awaited<ReturnType<typeof companyWith>>['companyId']
    const take = (companyId: Company, selection: Selection, limit = 100) =>
      transact<ReadonlyArray<TakenEvent>>(companyId, (tx) => tx.take(selection, limit))
    const audited = async (companyId: Company): Promise<ReadonlyArray<FoundAuditEntry>> =>
      (await rightOf(open().trail(companyId).page({ from: 'start', size: 10 }))).rows

    it('takes events by id or by condition, its own company’s only', async () => {
      const [mine, theirs] = [await companyWith(3), await companyWith(1)]
      const taken = (id: number) => ({ id, status: 'exhausted', isClaimed: false })
      expect(await take(mine.companyId, { ids: [...mine.ids, ...theirs.ids] })).to.deep.equal(mine.ids.map(taken))
      expect(await take(mine.companyId, { conditions: { reason: 'missing_field' } })).to.deep.equal(mine.ids.map(taken))
      expect(await take(mine.companyId, { conditions: { reason: 'missing_field' } }, 2)).to.have.length(2)
      expect(await take(mine.companyId, { conditions: { reason: 'handler_error' } })).to.deep.equal([])
    })

    it('means what is dead or exhausted where no status is named', async () => {
      const { companyId, ids } = await companyWith(2)
      const fate = { type: 'attempt', maxAttempts: 3, retryInSeconds: 60 } as const
      await rightOf(open().failedEvents.record([aFailedEvent(companyId, { sequence: 9, fate })]))
      await discard(companyId, ids.slice(0, 1), 'no')
      expect((await take(companyId, { conditions: { reason: 'missing_field' } })).map(({ id }) => id)).to.deep.equal(ids.slice(1))
      expect((await take(companyId, { conditions: { status: 'discarded' } })).map(({ id }) => id)).to.deep.equal(ids.slice(0, 1))
    })

    it('sees what the retry worker has in hand', async () => {
      const { companyId, ids } = await companyWith(1, DEAD)
      await rightOf(open().retries.claimDue(1_000, 600))
      expect(await take(companyId, { ids })).to.deep.equal([{ id: ids[0], status: 'dead', isClaimed: true }])
    })

    it('reads an event as it was published', async () => {
      const { companyId, ids: [id = 0] } = await companyWith(1)
      const other = aCompanyId()
      const read = await transact<{ readonly body: Uint8Array } | undefined>(companyId, (tx) => tx.read(id))
      expect(read).to.deep.include({ companyId, stream: 'REALTIME', sequence: 1 })
      expect(await transact(other, (tx) => tx.read(id))).to.equal(undefined)
    })

    it('knows whether a company is active', async () => {
      const { companyId } = await companyWith(0)
      expect(await transact(companyId, (tx) => tx.companyIsActive())).to.equal(true)
      await open().company(companyId, 'suspended')
      expect(await transact(companyId, (tx) => tx.companyIsActive())).to.equal(false)
    })

    it('knows the job in which an event waits; a dry run holds nothing', async () => {
      const { companyId, ids } = await companyWith(2)
      const holding = () => transact<string | undefined>(companyId, (tx) => tx.jobHolding(ids))
      const dry = await job(companyId, ids, { dryRun: true })
      expect(await holding()).to.equal(undefined)
      const real = await job(companyId, ids)
      expect(await holding()).to.equal(real)
      expect(await abort(companyId, real)).to.equal(2)
      expect(await holding()).to.equal(undefined)
      await abort(companyId, dry)
    })

    it('tells how a job stands, latest first', async () => {
      const { companyId, ids } = await companyWith(2)
      const [one, two] = [await job(companyId, ids, { dryRun: true, perSecond: 7 }), await job(companyId, ids.slice(1))]
      expect(await jobOf(one)).to.deep.include({ id: one, companyId, dryRun: true, requestedBy: 'cli:test', perSecond: 7, status: 'running',
        total: 2, counts: { waiting: 2, applied: 0, unchanged: 0, failed: 0, skipped: 0, aborted: 0 } })
      const jobs = await rightOf(open().jobs(companyId).page({ from: 'start', size: 1 }))
      expect({ ids: jobs.rows.map(({ id }) => id), more: jobs.more }).to.deep.equal({ ids: [two], more: true })
      const [latest] = jobs.rows
      const next = await rightOf(open().jobs(companyId).page({ from: 'start', size: 2, after: { at: latest?.createdAt ?? 0, id: two } }))
      expect(next.rows.map(({ id }) => id)).to.deep.equal([one])
      expect((await items(one)).map(({ failedEventId, status }) => ({ failedEventId, status })))
        .to.deep.equal(ids.map((failedEventId) => ({ failedEventId, status: 'waiting' })))
      expect(await rightOf(open().jobs(companyId).items(one, 10, ids[0]))).to.have.length(1)
      expect([...(await rightOf(open().jobs(aCompanyId()).byIds([one, 'no id']))).keys()]).to.deep.equal([])
      expect(await items('no id')).to.deep.equal([])
      await abort(companyId, one)
      await abort(companyId, two)
    })

    it('aborts a running job of its company, once', async () => {
      const { companyId, ids } = await companyWith(1)
      const jobId = await job(companyId, ids)
      expect(await abort(aCompanyId(), jobId)).to.equal(undefined)
      expect(await abort(companyId, 'no id')).to.equal(undefined)
      expect(await abort(companyId, jobId)).to.equal(1)
      expect(await abort(companyId, jobId)).to.equal(undefined)
      expect(await jobOf(jobId)).to.include({ status: 'aborted' }).and.have.property('finishedAt')
    })

    it('leaves the bodies and the counts of what is discarded', async () => {
      const { companyId, ids: [id = 0] } = await companyWith(1, DEAD)
      await discard(companyId, [id], 'sent twice')
      expect(await event(id)).to.include({ status: 'discarded', note: 'sent twice', attempts: 1 })
      expect((await rightOf(open().retries.claimDue(1_000, 600))).filter((letter) => letter.companyId === companyId)).to.deep.equal([])
    })

    it('writes the audit with the change, latest first', async () => {
      const companyId = aCompanyId()
      await transact(companyId, (tx) => tx.audit(ENTRY))
      await transact(companyId, (tx) => tx.audit({ ...ENTRY, outcome: 'not_found', details: {} }))
      const entries = await audited(companyId)
      expect(entries.map(({ outcome }) => outcome)).to.deep.equal(['not_found', 'done'])
      expect(entries[1]).to.deep.include({ ...ENTRY, companyId })
      const [latest] = entries
      const after = { at: latest?.at ?? 0, id: String(latest?.id) }
      const next = await rightOf(open().trail(companyId).page({ from: 'start', size: 9, after }))
      expect(next.rows.map(({ outcome }) => outcome)).to.deep.equal(['done'])
    })

    it('keeps nothing of work that fails', async () => {
      const { companyId, ids } = await companyWith(1)
      const down: Unavailable = { type: 'Unavailable', cause: new Error('down') }
      const result = await open().desk.transact(companyId, (tx) => pipe(
        tx.discard(ids, 'no'),
        TE.chain(() => tx.createJob({ requestedBy: 'x', selection: { ids }, dryRun: false, perSecond: 1, eventIds: ids })),
        TE.chain(() => tx.audit(ENTRY)), TE.chain(() => TE.left(down)),
      ))()
      expect(result).to.deep.include({ _tag: 'Left', left: down })
      expect(await event(ids[0] ?? 0)).to.include({ status: 'exhausted' })
      expect(await audited(companyId)).to.deep.equal([])
      expect((await rightOf(open().jobs(companyId).page({ from: 'start', size: 1 }))).rows).to.deep.equal([])
    })
  })
}
