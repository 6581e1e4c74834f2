import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Refusal } from '../../application/commands/act.ts'
import type { FailedEvent } from '../../application/ports/failed-events.ts'
import type { Selection } from '../../application/ports/replay-job-finder.ts'
import type { Unavailable } from '../../application/ports/unavailable.ts'
import type { CompanyId } from '../../domain/company.ts'
import { aFailedEvent } from '../support/a-failed-event.ts'
import { NOON } from '../support/an-observation.ts'
import { chatUpdate, messageUpsert } from '../support/bad-inputs/valid-events.ts'
import { memoryOperations } from '../support/memory-operations.ts'
import { rightOf } from '../support/right-of.ts'

const acme = 'ACME' as CompanyId
const ACTOR = { companyId: acme, actor: 'cli:rina' }
const ALIKE = { conditions: { reason: 'handler_error' } }
const RETRYING = { fate: { type: 'attempt', maxAttempts: 5, retryInSeconds: 60 } } as const
const DEAD = { fate: { type: 'attempt', maxAttempts: 1, retryInSeconds: 0 } } as const

const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value))

/** A company with so many letters that are valid and failed all the same. */
const opened = async (letters = 1, more: Partial<FailedEvent> = {}) => {
  const all = memoryOperations()
  for (let sequence = 1; sequence <= letters; sequence += 1) await rightOf(all.failedEvents.record([aFailedEvent(acme, { sequence,
    reason: 'handler_error', pointer: '', body: bytes(messageUpsert(`m${sequence}`, acme)), ...more })]))
  const operations = all.open(acme)
  const event = async (id = 1) => (await rightOf(operations.failedEvents.byIds([id]))).get(id)
  const job = async () => (await rightOf(operations.replayJobs.page({ from: 'start', size: 1 }))).rows[0]
  const audit = async () => (await rightOf(operations.auditTrail.page({ from: 'start', size: 9 }))).rows
  /** Refused for this reason, written down as such, and nothing has changed. */
  const refused = async (task: TaskEither<Unavailable | Refusal, unknown>, code: string): Promise<Refusal> => {
    const before = JSON.stringify([await event(), await job()])
    const result = await task()
    if (E.isRight(result) || result.left.type !== 'Refusal') throw new Error(`not refused: ${JSON.stringify(result)}`)
    expect(result.left.code).to.equal(code)
    expect((await audit())[0]).to.include({ actor: 'cli:rina', outcome: code })
    expect(JSON.stringify([await event(), await job()])).to.equal(before)
    return result.left
  }
  return { ...all, operations, event, job, audit, refused }
}

describe('an edit', () => {
  it('replaces what is applied, keeps what was published, and is written down without its content', async () => {
    const { operations, event, audit } = await opened()
    await rightOf(operations.editFailedEvent({ ...ACTOR, id: 1, body: bytes(messageUpsert('edited', acme)) }))
    expect(await event()).to.include({ status: 'exhausted', editedBy: 'cli:rina' })
    const found = (await rightOf(operations.failedEvents.bodies([1], 1))).get(1)
    expect(new TextDecoder().decode(found?.body)).to.include('msg-m1')
    expect(new TextDecoder().decode(found?.editedBody)).to.include('msg-edited')
    expect((await audit())[0]).to.deep.include({ action: 'edit', target: 'failed_event:1', outcome: 'done' })
    expect(JSON.stringify(await audit())).not.to.include('msg-')
  })
  it('is refused when it is not JSON', async () => {
    const { operations, refused } = await opened()
    expect(await refused(operations.editFailedEvent({ ...ACTOR, id: 1, body: bytes('{"half":') }), 'invalid_body'))
      .to.include({ reason: 'malformed_json' })
  })
  it('is refused when it fails the schema, naming reason and place but no value', async () => {
    const { operations, refused, audit } = await opened()
    const body = bytes(messageUpsert('s', acme, { flow: 'secret' }))
    const refusal = await refused(operations.editFailedEvent({ ...ACTOR, id: 1, body }), 'invalid_body')
    expect(refusal).to.include({ pointer: '/flow' })
    expect(refusal.message).to.include(refusal.reason).and.not.include('secret')
    expect((await audit())[0]?.details).to.include({ reason: refusal.reason, pointer: '/flow' })
  })
  it('is refused for an unknown event, one that the broker still delivers, and one that has been applied', async () => {
    const body = bytes(messageUpsert('x', acme))
    const [none, retrying, resolved] = [await opened(0), await opened(1, RETRYING), await opened()]
    await none.refused(none.operations.editFailedEvent({ ...ACTOR, id: 9, body }), 'not_found')
    await retrying.refused(retrying.operations.editFailedEvent({ ...ACTOR, id: 1, body }), 'still_retrying')
    await rightOf(resolved.failedEvents.succeeded([{ companyId: acme, stream: 'REALTIME', sequence: 1, publishedAt: NOON }]))
    await resolved.refused(resolved.operations.editFailedEvent({ ...ACTOR, id: 1, body }), 'already_settled')
  })
  it('is refused while the event is being replayed or retried', async () => {
    const body = bytes(messageUpsert('x', acme))
    const [replayed, retried] = [await opened(), await opened(1, DEAD)]
    await rightOf(replayed.operations.requestReplay({ ...ACTOR, selection: { ids: [1] }, dryRun: false }))
    await replayed.refused(replayed.operations.editFailedEvent({ ...ACTOR, id: 1, body }), 'in_another_job')
    await rightOf(retried.retries.claimDue(1, 600))
    await retried.refused(retried.operations.editFailedEvent({ ...ACTOR, id: 1, body }), 'retried_just_now')
  })
})

describe('a request for a replay', () => {
  it('freezes the set: what fails later is not in it', async () => {
    const { operations, failedEvents, runAll, job, event } = await opened(2)
    const { total } = await rightOf(operations.requestReplay({ ...ACTOR, selection: ALIKE, dryRun: false }))
    await rightOf(failedEvents.record([aFailedEvent(acme, { sequence: 3, reason: 'handler_error' })]))
    await runAll()
    expect(total).to.equal(2)
    expect((await job())?.counts).to.include({ applied: 2, waiting: 0 })
    expect(await event(3)).to.include({ status: 'exhausted', attempts: 1 })
  })
  it('takes one event, twice named, once', async () => {
    const { operations, audit } = await opened(2)
    const { total, jobId } = await rightOf(operations.requestReplay({ ...ACTOR, selection: { ids: [2, 2] }, dryRun: false }))
    expect(total).to.equal(1)
    expect((await audit())[0]).to.deep.include({ action: 'replay', outcome: 'done',
      details: { ids: [2, 2], asked: 2, perSecond: 200, jobId, total: 1 } })
  })
  it('is refused without a filter', async () => {
    const { operations, refused } = await opened()
    await refused(operations.requestReplay({ ...ACTOR, selection: { conditions: {} }, dryRun: false }), 'empty_filter')
    await refused(operations.requestReplay({ ...ACTOR, selection: { ids: [] }, dryRun: true }), 'empty_filter')
  })
  it('is refused when one id is unknown or the filter meets nothing', async () => {
    const { operations, refused } = await opened()
    const ask = (selection: Selection) => operations.requestReplay({ ...ACTOR, selection, dryRun: false })
    expect((await refused(ask({ ids: [1, 77] }), 'not_found')).missing).to.deep.equal([77])
    await refused(ask({ conditions: { reason: 'nothing' } }), 'not_found')
  })
  it('is refused for a suspended company', async () => {
    const { operations, refused, company } = await opened()
    await company(acme, 'suspended')
    await refused(operations.requestReplay({ ...ACTOR, selection: { ids: [1] }, dryRun: false }), 'company_not_active')
  })
  it('is refused while the broker still delivers one of them', async () => {
    const { operations, refused } = await opened(1, RETRYING)
    await refused(operations.requestReplay({ ...ACTOR, selection: { ids: [1] }, dryRun: false }), 'still_retrying')
  })
  it('is refused at a rate that is none', async () => {
    const { operations, refused } = await opened()
    for (const perSecond of [0, 1.5, 10_001, Number.NaN])
      await refused(operations.requestReplay({ ...ACTOR, selection: { ids: [1] }, dryRun: false, perSecond }), 'invalid_rate')
  })
  it('lets one of two at once begin, and names its job to the other', async () => {
    const { operations, refused } = await opened(3)
    const ask = (ids: ReadonlyArray<number>) => operations.requestReplay({ ...ACTOR, selection: { ids }, dryRun: false })
    const [one, two] = await Promise.all([ask([1, 2])(), ask([2, 3])()])
    if (E.isLeft(one)) throw new Error('neither began')
    expect(two).to.deep.include({ _tag: 'Left' })
    expect((await refused(ask([2]), 'in_another_job')).jobId).to.equal(one.right.jobId)
  })
  it('for a dry run looks at events that another job works on', async () => {
    const { operations, log, runAll, job } = await opened()
    await rightOf(operations.requestReplay({ ...ACTOR, selection: { ids: [1] }, dryRun: false }))
    await rightOf(operations.requestReplay({ ...ACTOR, selection: { ids: [1] }, dryRun: true }))
    await runAll()
    expect((await job())?.status).to.equal('finished')
    expect(log.facts.filter(({ event }) => event.type === 'MessageRecorded')).to.have.length(1)
  })
})

describe('discarding', () => {
  it('gives events up with a note, and lets them be replayed all the same', async () => {
    const { operations, event, audit, runAll } = await opened(2)
    expect(await rightOf(operations.discardFailedEvents({ ...ACTOR, selection: { ids: [1, 2] }, note: ' sent twice ' }))).to.equal(2)
    expect(await event()).to.include({ status: 'discarded', note: 'sent twice' })
    expect((await audit())[0]).to.deep.include({ action: 'discard', outcome: 'done', details: { ids: [1, 2], asked: 2, count: 2 } })
    await rightOf(operations.requestReplay({ ...ACTOR, selection: { ids: [1] }, dryRun: false }))
    await runAll()
    expect(await event()).to.include({ status: 'resolved' })
  })
  it('is refused without a note, without a filter, twice, and while a replay is under way', async () => {
    const { operations, refused } = await opened(2)
    const discard = (selection: Selection, note = 'why') =>
      operations.discardFailedEvents({ ...ACTOR, selection, note })
    await refused(discard({ ids: [1] }, '  '), 'note_required')
    await refused(discard({ conditions: {} }), 'empty_filter')
    await refused(discard({ ids: [1, 9] }), 'not_found')
    await rightOf(operations.requestReplay({ ...ACTOR, selection: { ids: [2] }, dryRun: false }))
    await refused(discard({ ids: [2] }), 'in_another_job')
    await rightOf(discard({ ids: [1] }))
    await refused(discard({ ids: [1] }), 'already_settled')
  })
})

describe('aborting', () => {
  it('stops what waits and keeps what has been replayed', async () => {
    const { operations, run, job, event } = await opened(12)
    const { jobId } = await rightOf(operations.requestReplay({ ...ACTOR, selection: ALIKE, dryRun: false }))
    await rightOf(run)
    expect(await rightOf(operations.abortReplayJob({ ...ACTOR, jobId }))).to.equal(2)
    expect(await job()).to.deep.include({ status: 'aborted',
      counts: { waiting: 0, applied: 10, unchanged: 0, failed: 0, skipped: 0, aborted: 2 } })
    expect(await event(12)).to.include({ status: 'exhausted', attempts: 1 })
  })
  it('is refused for a job that does not run', async () => {
    const { operations, refused } = await opened()
    await refused(operations.abortReplayJob({ ...ACTOR, jobId: 'no id' }), 'not_running')
  })
})

describe('a replay job', () => {
  const replay = async (all: Awaited<ReturnType<typeof opened>>, dryRun = false) => {
    const { jobId } = await rightOf(all.operations.requestReplay({ ...ACTOR, selection: { conditions: { status: 'exhausted' } }, dryRun }))
    await all.runAll()
    return rightOf(all.operations.replayJobs.items(jobId, 100))
  }
  it('applies with the original clock and identity, edited or not', async () => {
    const all = await opened()
    await rightOf(all.operations.editFailedEvent({ ...ACTOR, id: 1, body: bytes(messageUpsert('edited', acme)) }))
    await replay(all)
    const [fact] = all.log.facts
    expect(fact).to.include({ id: 'msg-edited' })
    expect(JSON.stringify(fact?.event)).to.include('"sequence":1')
  })
  it('says unchanged where all of it held already', async () => {
    const all = await opened(2, { body: bytes(messageUpsert('same', acme)), sequence: 5 })
    await rightOf(all.failedEvents.record([aFailedEvent(acme, { sequence: 5, item: 1, body: bytes(messageUpsert('same', acme)) })]))
    expect((await replay(all)).map(({ status }) => status)).to.deep.equal(['applied', 'unchanged'])
  })
  it('keeps the new reason of one that fails again, and never fails its neighbours', async () => {
    const all = await opened(2)
    await rightOf(all.failedEvents.record([aFailedEvent(acme, { sequence: 7, body: bytes('not json') })]))
    expect((await replay(all)).map(({ status, reason }) => `${status} ${reason ?? ''}`.trim()))
      .to.deep.equal(['applied', 'applied', 'failed malformed_json'])
    expect(await all.event(3)).to.include({ status: 'exhausted', reason: 'malformed_json', attempts: 2 })
  })
  it('skips what was resolved meanwhile', async () => {
    const all = await opened()
    await rightOf(all.operations.requestReplay({ ...ACTOR, selection: { ids: [1] }, dryRun: false }))
    await rightOf(all.failedEvents.succeeded([{ companyId: acme, stream: 'REALTIME', sequence: 1, publishedAt: NOON }]))
    await all.runAll()
    expect((await all.job())?.counts).to.include({ skipped: 1, applied: 0 })
    expect(all.log.facts).to.deep.equal([])
  })
  it('rehearses without a fact, and names aggregates, facts and fields, but no values', async () => {
    const all = await opened(1, { subject: `v1.chats.update.${acme}`, body: bytes(chatUpdate('c', acme)) })
    const [item] = await replay(all, true)
    expect(all.log.facts).to.deep.equal([])
    expect(await all.event()).to.include({ status: 'exhausted', attempts: 1 })
    expect(item?.changes).to.have.length(1)
    expect(item?.changes?.[0]).to.deep.include({ kind: 'chat', id: 'chat-c' })
    expect(item?.changes?.[0]?.fields).to.include.members(['conversationTimestamp', 'unread'])
    expect(JSON.stringify(item)).not.to.include('1750650042')
    expect((await replay(all, true))[0]?.status).to.equal('applied')
  })
  it('rehearses a failure as a failure', async () => {
    const all = await opened(1, { body: bytes('not json') })
    expect((await replay(all, true))[0]).to.include({ status: 'failed', reason: 'malformed_json' })
    expect(await all.event()).to.include({ reason: 'handler_error', attempts: 1 })
  })
})
