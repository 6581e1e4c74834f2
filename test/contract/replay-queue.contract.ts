import { expect } from 'chai'
import type { ClaimedReplay } from '../../application/ports/replay-queue.ts'
import { operating, type OpenOperators } from '../support/operators.ts'
import { rightOf } from '../support/right-of.ts'

const MOST = 1_000
const LONG_CLAIM = 600
/** A claim that has run out before it is looked at. */
const RUNS_OUT = 0
/** Of two jobs in any order, both have had one by then but once in a million. */
const TURNS = 21
const PROBLEM = { reason: 'handler_error', pointer: '/a', message: 'Look at the log.' }
const CHANGES = [{ kind: 'chat', id: 'c1', facts: ['ChatOpened'], fields: ['jid'] }] as const

/** What every ReplayQueue adapter promises; each test has a queue of its own. */
export const describeReplayQueue = (adapter: string, open: () => OpenOperators): void => {
  describe(`ReplayQueue, ${adapter}`, () => {
    const { companyWith, job, abort, discard, edit, event, jobOf, items } = operating(open)
    const claim = (seconds = LONG_CLAIM, limit = MOST) => rightOf(open().queue.claim(limit, seconds))
    const keyOf = ({ jobId, dryRun, letter: { companyId, id } }: ClaimedReplay) => ({ jobId, dryRun, companyId, id })
    const conclude = async (claimed: ReadonlyArray<ClaimedReplay>, outcome: 'applied' | 'unchanged' = 'applied'): Promise<void> =>
      rightOf(open().queue.conclude(claimed.map((item) => ({ ...keyOf(item), outcome }))))
    const fail = async (claimed: ReadonlyArray<ClaimedReplay>): Promise<void> =>
      rightOf(open().queue.conclude(claimed.map((item) => ({ ...keyOf(item), outcome: 'failed', problem: PROBLEM }))))

    it('claims the items of a job once, with what reading them needs', async () => {
      const { companyId, ids } = await companyWith(2)
      const jobId = await job(companyId, ids)
      const claimed = await claim()
      expect(claimed.map(({ letter }) => letter.id)).to.deep.equal(ids)
      expect(claimed[0]).to.deep.include({ jobId, dryRun: false, status: 'exhausted' })
      expect(claimed[0]?.letter).to.deep.include({ companyId, sequence: 1, attempts: 1 })
      expect(await claim()).to.deep.equal([])
      await conclude(claimed)
    })

    it('hands out the body that was edited', async () => {
      const { companyId, ids: [id = 0] } = await companyWith(1)
      await edit(companyId, id, '{"edited": true}')
      await job(companyId, [id])
      const claimed = await claim()
      expect(new TextDecoder().decode(claimed[0]?.letter.body)).to.equal('{"edited": true}')
      await conclude(claimed)
    })

    it('resolves what was applied, and finishes the job with its last item', async () => {
      const { companyId, ids } = await companyWith(2)
      const jobId = await job(companyId, ids)
      const [first, second] = await claim()
      if (first === undefined || second === undefined) throw new Error('nothing was claimed')
      await conclude([first])
      expect(await event(first.letter.id)).to.include({ status: 'resolved', attempts: 2 })
      expect(await jobOf(jobId)).to.deep.include({ status: 'running', total: 2 })
      await conclude([second], 'unchanged')
      expect((await jobOf(jobId))?.counts).to.deep.equal({ waiting: 0, applied: 1, unchanged: 1, failed: 0, skipped: 0, aborted: 0 })
      expect(await jobOf(jobId)).to.include({ status: 'finished' }).and.have.property('finishedAt')
    })

    it('counts a replay that failed, and leaves the letter where it was', async () => {
      const { companyId, ids: [id = 0] } = await companyWith(1)
      const jobId = await job(companyId, [id])
      await fail(await claim())
      const failed = await event(id)
      expect(failed).to.include({ status: 'exhausted', attempts: 2, ...PROBLEM })
      expect(failed?.history.map(({ by, reason }) => `${by} ${reason}`)).to.deep.equal(['broker missing_field', 'replay handler_error'])
      expect((await items(jobId))[0]).to.include({ failedEventId: id, status: 'failed', reason: 'handler_error' })
    })

    it('writes a skipped item down and nothing else', async () => {
      const { companyId, ids: [id = 0] } = await companyWith(1)
      const jobId = await job(companyId, [id])
      const [item] = await claim()
      if (item === undefined) throw new Error('nothing was claimed')
      await rightOf(open().queue.conclude([{ ...keyOf(item), outcome: 'skipped', reason: 'resolved' }]))
      expect(await event(id)).to.include({ status: 'exhausted', attempts: 1 })
      expect((await items(jobId))[0]).to.include({ status: 'skipped', reason: 'resolved' })
    })

    it('keeps what a dry run would change and changes no failed event', async () => {
      const { companyId, ids } = await companyWith(2)
      const before = await Promise.all(ids.map(event))
      const jobId = await job(companyId, ids, { dryRun: true })
      const [first, second] = await claim()
      if (first === undefined || second === undefined) throw new Error('nothing was claimed')
      await rightOf(open().queue.conclude([{ ...keyOf(first), outcome: 'applied', changes: CHANGES },
        { ...keyOf(second), outcome: 'failed', problem: PROBLEM }]))
      expect(await Promise.all(ids.map(event))).to.deep.equal(before)
      expect((await items(jobId))[0]).to.deep.include({ status: 'applied', changes: CHANGES })
      expect(await jobOf(jobId)).to.include({ status: 'finished', dryRun: true })
    })

    it('goes no faster than the job allows', async () => {
      const { companyId, ids } = await companyWith(3)
      const jobId = await job(companyId, ids, { perSecond: 1 })
      const claimed = await claim()
      expect(claimed).to.have.length(1)
      expect(await claim()).to.deep.equal([])
      await conclude(claimed)
      await abort(companyId, jobId)
    })

    it('lets no job wait until another is done', async () => {
      const [one, two] = [await companyWith(TURNS), await companyWith(TURNS)]
      const [a, b] = [await job(one.companyId, one.ids), await job(two.companyId, two.ids)]
      const served = new Set<string>()
      for (let turn = 0; turn < TURNS; turn += 1) for (const { jobId } of await claim(LONG_CLAIM, 1)) served.add(jobId)
      expect(served).to.deep.equal(new Set([a, b]))
      await abort(one.companyId, a)
      await abort(two.companyId, b)
    })

    it('leaves the jobs of a suspended company where they are', async () => {
      const { companyId, ids } = await companyWith(1)
      await job(companyId, ids)
      await open().company(companyId, 'suspended')
      expect(await claim()).to.deep.equal([])
      await open().company(companyId, 'active')
      await conclude(await claim())
    })

    it('claims nothing of an aborted job, but keeps the outcome of what was in hand', async () => {
      const { companyId, ids } = await companyWith(3)
      const jobId = await job(companyId, ids)
      const inHand = await claim(LONG_CLAIM, 1)
      expect(await abort(companyId, jobId)).to.equal(3)
      expect(await claim()).to.deep.equal([])
      await conclude(inHand)
      expect((await items(jobId)).map(({ status }) => status)).to.deep.equal(['applied', 'aborted', 'aborted'])
      expect(await event(ids[0] ?? 0)).to.include({ status: 'resolved' })
      expect(await jobOf(jobId)).to.include({ status: 'aborted' })
    })

    it('claims alone what a process died with, and gives up when three died', async () => {
      const { companyId, ids } = await companyWith(2)
      const jobId = await job(companyId, ids)
      expect(await claim(RUNS_OUT)).to.have.length(2)
      const alone = await claim(LONG_CLAIM)
      expect(alone).to.have.length(1)
      await conclude(alone)
      for (let i = 0; i < 3; i += 1) expect(await claim(RUNS_OUT)).to.have.length(1)
      expect(await claim(RUNS_OUT)).to.deep.equal([])
      const outcomes = await items(jobId)
      expect(outcomes.map(({ status, reason }) => `${status} ${reason ?? ''}`)).to.have.members(['applied ', 'failed kills_process'])
      const killer = outcomes.find(({ status }) => status === 'failed')
      expect(await event(killer?.failedEventId ?? 0)).to.include({ status: 'exhausted', reason: 'kills_process' })
      expect(await jobOf(jobId)).to.include({ status: 'finished' })
    })

    it('sets a dead letter that kills the process aside for good', async () => {
      const { companyId, ids: [id = 0] } = await companyWith(1, { fate: { type: 'attempt', maxAttempts: 1, retryInSeconds: 600 } })
      await job(companyId, [id])
      for (let i = 0; i < 4; i += 1) expect(await claim(RUNS_OUT)).to.have.length(1)
      expect(await claim(RUNS_OUT)).to.deep.equal([])
      expect(await event(id)).to.include({ status: 'exhausted', reason: 'kills_process' })
    })

    it('spends nothing on an item that is given back', async () => {
      const { companyId, ids } = await companyWith(2)
      await job(companyId, ids)
      await rightOf(open().queue.release(await claim(RUNS_OUT)))
      const again = await claim()
      expect(again).to.have.length(2)
      await conclude(again)
    })

    it('shares no letter with the retry worker', async () => {
      const { companyId, ids } = await companyWith(2, { fate: { type: 'attempt', maxAttempts: 1, retryInSeconds: 0 } })
      await job(companyId, ids.slice(0, 1))
      const worker = (await rightOf(open().retries.claimDue(MOST, LONG_CLAIM))).filter((letter) => letter.companyId === companyId)
      expect(worker.map(({ id }) => id)).to.deep.equal(ids.slice(1))
      await job(companyId, ids.slice(1))
      const claimed = [...await claim(), ...await claim()]
      expect(claimed.map(({ letter }) => letter.id)).to.deep.equal(ids.slice(0, 1))
      await conclude(claimed)
      await rightOf(open().retries.conclude(worker.map(({ id }) => ({ companyId, id, outcome: 'applied' }))))
      const late = await claim()
      expect(late.map(({ status }) => status)).to.deep.equal(['resolved'])
      await rightOf(open().queue.conclude(late.map((item) => ({ ...keyOf(item), outcome: 'skipped', reason: 'resolved' }))))
    })

    it('applies what was discarded', async () => {
      const { companyId, ids: [id = 0] } = await companyWith(1)
      await discard(companyId, [id], 'a mistake')
      await job(companyId, [id])
      await conclude(await claim())
      expect(await event(id)).to.include({ status: 'resolved' })
    })

    it('takes empty lists', async () => {
      await rightOf(open().queue.conclude([]))
      await rightOf(open().queue.release([]))
    })
  })
}
