import { expect } from 'chai'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { keptEventReader } from '../../adapters/inbound/nats/kept-event-reader.ts'
import { tracedReplays, tracedRetries } from '../../adapters/main/traced-letters.ts'
import { tracedHandle } from '../../adapters/main/tracing.ts'
import { memoryFailedEvents, memoryFailures } from '../../adapters/outbound/memory/failed-events.ts'
import { memoryLog } from '../../adapters/outbound/memory/memory-log.ts'
import { memoryRetryQueue } from '../../adapters/outbound/memory/retry-queue.ts'
import { memoryTransactions } from '../../adapters/outbound/memory/transactions.ts'
import { handleBatch, isolateFaults, rehearseBatch, retryDeadLetters, runReplayJobs } from '../../application/application.ts'
import type { HandleBatch } from '../../application/commands/handle-batch.ts'
import type { FailedEvent } from '../../application/ports/failed-events.ts'
import type { ClaimedReplay, ReplayQueue } from '../../application/ports/replay-queue.ts'
import type { CompanyId } from '../../domain/company.ts'
import { aMessageBody } from '../support/a-delivery.ts'
import { aFailedEvent } from '../support/a-failed-event.ts'
import { recordedTracing } from '../support/recorded-tracing.ts'
import { rightOf } from '../support/right-of.ts'
import { decoding } from '../support/translating.ts'

const ACME = 'acme' as CompanyId
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'
const ORIGIN = { traceparent: [`00-${TRACE}-00f067aa0ba902b7-01`] }
const DUE_AT_ONCE = { type: 'attempt', maxAttempts: 1, retryInSeconds: 0 } as const
const bytes = (body: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(body))
const nowMs = () => 0
const OUTAGE = { type: 'Unavailable', cause: new Error('refused') } as const
const reader = keptEventReader({ ...decoding, historyMode: 'accept_valid' })

/** The two jobs over memory, traced; `failures` are there to be retried or replayed. */
const traced = async (failures: ReadonlyArray<Partial<FailedEvent>>, handle?: HandleBatch) => {
  const [{ tracing, spans }, kept, log] = [recordedTracing(), memoryFailures(), memoryLog()]
  const failedEvents = memoryFailedEvents(kept, nowMs)
  await rightOf(failedEvents.record(failures.map((more, i) => aFailedEvent(ACME, { fate: DUE_AT_ONCE, sequence: i + 1, ...more }))))
  const transactions = memoryTransactions(log, { nowMs })
  const handleUnits = isolateFaults(tracedHandle(tracing, handle ?? handleBatch(transactions), 'batch'))
  const retry = async (): Promise<unknown> => {
    const [queue, read] = tracedRetries(tracing, [memoryRetryQueue({ kept, nowMs, isActive: () => true }), reader])
    return retryDeadLetters({ queue, failedEvents, reader: read, handleUnits, chance: () => 0.5 },
      { schedule: [60], limit: 10, claimSeconds: 60 })()
  }
  const replay = async (dryRun: boolean): Promise<unknown> => {
    const letters = await rightOf(failedEvents.unpublished(10))
    const claimed = letters.map((letter): ClaimedReplay => ({ jobId: '1', dryRun, letter, status: 'dead' }))
    const jobs: ReplayQueue = { claim: () => TE.right(claimed), conclude: () => TE.right(undefined), release: () => TE.right(undefined) }
    const [queue, read] = tracedReplays(tracing, [jobs, reader])
    return runReplayJobs({ queue, reader: read, handleUnits, rehearseBatch: rehearseBatch(transactions) },
      { limit: 10, claimSeconds: 60 })()
  }
  const named = (name: string) => spans().filter((span) => span.name === name)
  return { log, retry, replay, spans, named }
}

const RETRY = 'retry v1.messages.upsert.{company_id}'
const REPLAY = 'replay v1.messages.upsert.{company_id}'

describe('the trace of a retry or a replay', () => {
  it('is one of its own that links to the trace of the event, and goes on with the facts', async () => {
    const { log, retry, named } = await traced([{ body: bytes(aMessageBody('m1')), headers: ORIGIN }])
    await retry()
    const [span] = named(RETRY)
    expect(span?.links.map(({ context }) => context.traceId)).to.deep.equal([TRACE])
    expect(span?.parentSpanContext).to.equal(undefined)
    expect(named('process batch')[0]?.parentSpanContext?.spanId).to.equal(span?.spanContext().spanId)
    expect(log.facts.length).to.be.greaterThan(0)
    const { traceId, spanId } = span?.spanContext() ?? {}
    for (const { trace } of log.facts) expect(trace).to.equal(`00-${String(traceId)}-${String(spanId)}-01`)
  })

  it('says where the event lies and how it ended, and nothing that somebody wrote', async () => {
    const body = bytes(aMessageBody('m1', { message_text: 'rahasia', from_phone: '6281234567890' }))
    const { retry, spans, named } = await traced([{ body, headers: { ...ORIGIN, 'Nats-Msg-Id': ['rahasia'] } }])
    await retry()
    expect(named(RETRY)[0]?.attributes).to.deep.include({ 'messaging.system': 'nats', 'messaging.operation.type': 'process',
      'messaging.operation.name': 'retry', 'messaging.destination.template': 'v1.messages.upsert.{company_id}',
      'daisi.company_id': 'acme', 'daisi.stream': 'REALTIME', 'daisi.sequence': 1, 'daisi.outcome': 'applied' })
    expect(JSON.stringify(spans().map(({ name, attributes, events }) => [name, attributes, events]))).not.to.match(/rahasia|62812/)
  })

  it('is left too by an event without a trace, and by one that fails again', async () => {
    const { retry, named } = await traced([{ body: bytes({ message_id: 'm1' }) }, { body: bytes(aMessageBody('m2')), headers: ORIGIN }])
    await retry()
    expect(named(RETRY).map(({ attributes, links, status }) => [attributes['daisi.outcome'], links.length, status.code]))
      .to.deep.equal([['failed', 0, 2], ['applied', 1, 0]])
  })

  it('ends with an outage', async () => {
    const { retry, named } = await traced([{ body: bytes(aMessageBody('m1')), headers: ORIGIN }], () => TE.left(OUTAGE))
    await retry()
    expect(named(RETRY).map(({ attributes }) => attributes['daisi.outcome'])).to.deep.equal(['released'])
  })

  it('is left by a replay, unless it is a dry run', async () => {
    const { log, replay, named, spans } = await traced([{ body: bytes(aMessageBody('m1')), headers: ORIGIN }])
    await replay(true)
    expect(spans()).to.deep.equal([])
    await replay(false)
    const [span] = named(REPLAY)
    expect(span?.links.map(({ context }) => context.traceId)).to.deep.equal([TRACE])
    expect(span?.attributes).to.include({ 'daisi.outcome': 'applied', 'messaging.operation.name': 'replay' })
    expect(new Set(log.facts.map(({ trace }) => trace?.split('-')[1]))).to.deep.equal(new Set([span?.spanContext().traceId]))
  })
})
