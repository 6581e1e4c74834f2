import * as E from 'fp-ts/lib/Either.js'
import { isolateFaults, type HandleUnits, type Verdict } from '../../../application/commands/isolate-faults.ts'
import type { HandleBatch } from '../../../application/commands/handle-batch.ts'
import type { FailedEvents, NOBODY } from '../../../application/ports/failed-events.ts'
import type { WallClock } from '../../../application/ports/wall-clock.ts'
import type { CompanyId } from '../../../domain/company.ts'
import { circuit, type Circuit } from './circuit.ts'
import { bodyOfItem, decodeDelivery, type DecodedEvent, type DecodeOptions } from './decode-event.ts'
import type { BatchLimits } from './fair-queue.ts'
import { failureDesk } from './failure-desk.ts'
import { failureOfEvent, type Failing } from './failure-of-event.ts'
import { heldEvents } from './held-events.ts'
import type { Incoming } from './incoming.ts'
import type { IngestProbe } from './ingest-probe.ts'
import { partsOf, type Part } from './parts.ts'
import { slotWorkers } from './slot-workers.ts'
import { tracked, type TrackedEvent } from './tracked-event.ts'

export interface PipelineOptions extends BatchLimits, DecodeOptions {
  readonly handle: HandleBatch
  readonly failedEvents: FailedEvents
  readonly clock: WallClock
  readonly probe: IngestProbe
  /** Batches worked on side by side; each has its own lanes. */
  readonly slots: number
  readonly weightOf: (companyId: string) => number
  /** The broker delivers again what it does not hear of for this long. */
  readonly ackWaitSeconds: number
}

type Fail = (event: TrackedEvent, failing: Omit<Failing, 'delivery' | 'companyId'>) => void
type Done = (event: TrackedEvent, parts?: number) => void

const MS_PER_SECOND = 1_000

/** Decoding never throws; should it, it is a bug like any other, of this one event. */
const decoded = ({ delivery }: Incoming, options: DecodeOptions): E.Either<Failing['failure'], DecodedEvent> => {
  try {
    return decodeDelivery(delivery, options)
  } catch (cause) {
    return E.left({ type: 'Bug', cause })
  }
}

/** What has become of one part of a batch. */
const concluding = (done: Done, fail: Fail) => ({ event, unit }: Part, verdict: Verdict): void => {
  if (verdict.type === 'done') {
    event.facts += verdict.facts
    return done(event)
  }
  const index = unit[0]?.cause.item ?? 0
  const body = bodyOfItem(event.incoming.delivery, index)
  fail(event, { failure: verdict.failure, ...(body === undefined ? {} : { item: { index, body } }) })
}

const NO_VERDICT: Verdict = { type: 'failed', failure: { type: 'Bug', cause: new Error('no verdict') } }

/** One batch; while a dependency is down it is held and tried again. */
const batchWork = ({ clock, probe }: PipelineOptions, handleUnits: HandleUnits, gate: Circuit, conclude: ReturnType<typeof concluding>) =>
  async (batch: ReadonlyArray<Part>): Promise<void> => {
    const begun = clock.nowMs()
    const verdicts = await gate.untilAvailable(handleUnits(batch.map(({ unit }) => unit)))
    if (verdicts === undefined) return
    probe.batch(batch.reduce((sum, { items }) => sum + items, 0), (clock.nowMs() - begun) / MS_PER_SECOND)
    for (const [i, part] of batch.entries()) conclude(part, verdicts[i] ?? NO_VERDICT)
  }

/** The events in hand, and how those that fail are kept. */
const settling = ({ failedEvents, clock, probe, ackWaitSeconds }: PipelineOptions, gate: Circuit) => {
  const held = heldEvents(clock, ackWaitSeconds, ({ event, companyId, failures, incoming: { delivery } }, outcome, ageSeconds) => {
    probe.settled(event, outcome, ageSeconds)
    if (delivery.deliveries === 1 || failures > 0) return
    desk.succeeded({ companyId, stream: delivery.stream, sequence: delivery.sequence })
  })
  const desk = failureDesk({ failedEvents, gate, stored: held.done, unstorable: ({ event, failure }, cause) => {
    probe.failed(event.event, 'failure_not_stored', failure, cause)
  } })
  const fail: Fail = (event, failing) => {
    const failure = failureOfEvent({ delivery: event.incoming.delivery, companyId: event.companyId, ...failing })
    probe.failed(event.event, failure.reason, failure, failing.failure.type === 'Bug' ? failing.failure.cause : undefined)
    desk.report({ event, failure })
  }
  return { held, fail }
}

type Push = (slot: number, parts: ReadonlyArray<Part>) => void

/** Cuts an event into parts, each on its way to its end. */
const enqueuing = (options: PipelineOptions, { held, fail }: ReturnType<typeof settling>, push: Push) =>
  (event: TrackedEvent, read: DecodedEvent): void => {
    const bySlot = partsOf(event, read, options.slots, options.weightOf(read.companyId))
    event.pending = bySlot.flat().length + read.invalidItems.length
    for (const repair of read.repairs) options.probe.repaired(repair)
    for (const [slot, parts] of bySlot.entries()) push(slot, parts)
    for (const { item: index, problem, body } of read.invalidItems) fail(event, { failure: problem, item: { index, body } })
    if (event.pending === 0) held.done(event, 0)
  }

/**
 * From delivered to settled. Batches are natural: a free slot takes what has arrived meanwhile, nothing waits for a batch
 * to fill. An event is acknowledged after everything it led to is committed, as facts or as stored failures.
 */
export const pipeline = (options: PipelineOptions) => {
  const { handle, probe, slots } = options
  let isStopping = false
  const gate = circuit(probe, () => isStopping)
  const hands = settling(options, gate)
  const { held, fail } = hands
  const workers = slotWorkers(slots, options, batchWork(options, isolateFaults(handle), gate, concluding(held.done, fail)))
  const enqueue = enqueuing(options, hands, workers.push)

  return {
    /** Takes a delivery in hand. */
    accept: (incoming: Incoming, companyId: CompanyId | typeof NOBODY): void => {
      if (held.knows(incoming)) return
      const read = decoded(incoming, options)
      const event = tracked(incoming, E.isRight(read) ? read.right.event : 'invalid', companyId)
      held.add(event)
      if (E.isRight(read)) return enqueue(event, read.right)
      event.pending = 1
      fail(event, { failure: read.left })
    },
    isOpen: gate.isOpen,
    held: held.count,
    waiting: workers.waiting,
    /** Ends the work; what is not settled by then is given back. */
    stop: (): void => {
      isStopping = true
      workers.stop()
      held.giveBack()
    },
  }
}

export type Pipeline = ReturnType<typeof pipeline>
