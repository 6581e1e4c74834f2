import * as E from 'fp-ts/lib/Either.js'
import { isolateFaults } from '../../../application/commands/isolate-faults.ts'
import type { HandleBatch } from '../../../application/commands/handle-batch.ts'
import { KILLS_PROCESS, type FailedEvents, type NOBODY } from '../../../application/ports/failed-events.ts'
import type { Tracing } from '../../../application/ports/tracing.ts'
import type { WallClock } from '../../../application/ports/wall-clock.ts'
import { HISTORY, REALTIME, type StreamRank } from '../../../domain/clock.ts'
import type { CompanyId } from '../../../domain/company.ts'
import { heldState } from './backlog.ts'
import { batchWork, concluding, type Fail } from './batch-work.ts'
import { circuit, type Circuit } from './circuit.ts'
import { decodeDelivery, type DecodedEvent, type DecodeOptions } from './decode-event.ts'
import type { Allowance, BatchSize } from './fair-queue.ts'
import { eventSpans } from './event-spans.ts'
import { failureDesk } from './failure-desk.ts'
import { failureOfEvent, unfinishedEvent, type Failing } from './failure-of-event.ts'
import { forgetting } from './forget-failures.ts'
import { heldEvents } from './held-events.ts'
import type { Incoming } from './incoming.ts'
import type { IngestProbe } from './ingest-probe.ts'
import { partsOf, type Part } from './parts.ts'
import { slotWorkers } from './slot-workers.ts'
import { eventNameOf } from './subjects.ts'
import { suspects } from './suspects.ts'
import { tracked, type TrackedEvent } from './tracked-event.ts'
import { unkept } from './unkept.ts'
import { within } from './within.ts'

export interface PipelineOptions extends BatchSize, DecodeOptions {
  readonly handle: HandleBatch
  readonly failedEvents: FailedEvents
  readonly clock: WallClock
  readonly probe: IngestProbe
  readonly tracing: Tracing
  /** Batches worked on side by side; each has its own lanes. */
  readonly slots: number
  readonly weightOf: (companyId: string) => number
  /** A company's own limit for its realtime events or its histories, if it has one. */
  readonly allowanceOf: (companyId: string, rank: StreamRank) => Allowance | undefined
  /** The broker delivers again what it does not hear of for this long. */
  readonly ackWaitSeconds: number
  /** When an event that becomes a dead letter is first retried. */
  readonly retryInSeconds: () => number
}

/** Every statement of a batch has its own, shorter limit; a handler that never ends is a bug like any other (bad inputs E124). */
const BATCH_LIMIT_MS = 60_000

/** Decoding never throws; should it, it is a bug like any other, of this one event. */
const decoded = ({ incoming: { delivery }, span }: TrackedEvent, options: DecodeOptions):
  E.Either<Failing['failure'], DecodedEvent> => {
  try {
    return decodeDelivery(delivery, span === undefined ? options : { ...options, trace: span.traceParent })
  } catch (cause) {
    return E.left({ type: 'Bug', cause })
  }
}

/** The events in hand, and how those that fail are kept. */
const settling = ({ failedEvents, clock, probe, tracing, ackWaitSeconds, retryInSeconds }: PipelineOptions, gate: Circuit) => {
  const spans = eventSpans(tracing)
  const held = heldEvents(clock, ackWaitSeconds, (event, outcome, took) => {
    probe.settled(event.event, outcome, took)
    spans.settled(event, outcome)
  })
  const desk = failureDesk({ failedEvents, gate, stored: held.done, unstorable: ({ event, failure }, cause) => {
    probe.failed(event.event, 'failure_not_stored', failure, cause)
  } })
  const fail: Fail = (event, failing) => {
    const failure = failureOfEvent({ delivery: event.incoming.delivery, companyId: event.companyId, ...failing }, retryInSeconds())
    probe.failed(event.event, failure.reason, failure, failing.failure.type === 'Bug' ? failing.failure.cause : undefined)
    event.failures += 1
    if (failing.item !== undefined) event.failedItems.push(failing.item.index)
    desk.report({ event, failure })
  }
  return { held, fail, isStuck: desk.isStuck }
}

type Hands = ReturnType<typeof settling>

/** Reads an event and cuts it into parts, by slot; what is wrong with it is on its way to the desk. */
const opening = (options: PipelineOptions, { held, fail }: Hands) => (event: TrackedEvent): ReadonlyArray<ReadonlyArray<Part>> => {
  const read = decoded(event, options)
  if (E.isLeft(read)) {
    event.pending += 1
    fail(event, { failure: read.left })
    return []
  }
  const bySlot = partsOf(event, read.right, options.slots, options.weightOf(read.right.companyId))
  event.pending += bySlot.flat().length + read.right.invalidItems.length
  for (const repair of read.right.repairs) options.probe.repaired(repair)
  for (const what of read.right.unusual) options.probe.unusual(what)
  for (const { item: index, problem, body } of read.right.invalidItems) fail(event, { failure: problem, item: { index, body } })
  if (event.pending === 0) held.done(event, 0)
  return bySlot
}

type RunEvent = (event: TrackedEvent) => Promise<void>

/** Counts the attempt first; what killed the process too often is set aside without being read. */
const counted = ({ failedEvents, retryInSeconds, probe }: PipelineOptions, { held }: Hands, gate: Circuit, run: RunEvent): RunEvent =>
  async (event) => {
    const { companyId, incoming: { delivery } } = event
    const begun = await gate.untilAvailable(failedEvents.begin([unfinishedEvent({ delivery, companyId }, retryInSeconds())]))
      .catch((cause: unknown) => { unkept(probe)(event, cause); return ['refused'] as const })
    if (begun === undefined) return
    if (begun[0] === 'run') return run(event)
    if (begun[0] === 'killed') probe.failed(event.event, KILLS_PROCESS.reason, { ...delivery, companyId })
    event.failures += 1
    held.done(event, 0)
  }

/** Fresh events in slots; those that come again apart from them. */
const working = (options: PipelineOptions, hands: Hands, gate: Circuit) => {
  const { handle, maxItems } = options
  const open = opening(options, hands)
  const limited: HandleBatch = (batch) => () => within(BATCH_LIMIT_MS, handle(batch))
  const workOff = batchWork(options, isolateFaults(limited), gate, concluding(hands.held.done, hands.fail))
  const fresh = slotWorkers<Part>({ ...options, nowMs: options.clock.nowMs,
    allowanceOf: ({ event: { companyId }, background }) => options.allowanceOf(companyId, background ? HISTORY : REALTIME) }, workOff)
  const forget = forgetting({ ...options, gate, done: hands.held.done, refused: unkept(options.probe) })
  const runTogether = async (events: ReadonlyArray<TrackedEvent>): Promise<void> => {
    for (const event of events) event.pending = 1
    const parts = events.flatMap((event) => open(event).flat())
    for (let i = 0; i < parts.length; i += maxItems) await workOff(parts.slice(i, i + maxItems))
    if (!gate.isStopping()) await forget(events)
  }
  const run = counted(options, hands, gate, (event) => runTogether([event]))
  /** Counted when it is alone, not before: a batch in flight may be the one that kills the process. */
  const runAlone: RunEvent = (event) => fresh.apart(() => run(event))
  const again = suspects<TrackedEvent>({ maxItems, runTogether, runAlone })
  return {
    push: (event: TrackedEvent): void => {
      if (event.incoming.delivery.deliveries > 1) return again.push(event)
      for (const [slot, parts] of open(event).entries()) fresh.push(slot, parts)
    },
    waiting: () => fresh.waiting() + again.waiting(),
    stop: (): void => {
      fresh.stop()
      again.stop()
    },
  }
}

/**
 * From delivered to settled. Batches are natural: a free slot takes what has arrived meanwhile, nothing waits for a batch
 * to fill. An event is acknowledged after everything it led to is committed, as facts or as stored failures.
 */
export const pipeline = (options: PipelineOptions) => {
  let isStopping = false
  const gate = circuit(options.probe, () => isStopping)
  const hands = settling(options, gate)
  const [{ held }, spans] = [hands, eventSpans(options.tracing)]
  const work = working(options, hands, gate)

  return {
    /** Takes a delivery in hand. */
    accept: (incoming: Incoming, companyId: CompanyId | typeof NOBODY): void => {
      const event = tracked(incoming, eventNameOf(incoming.delivery.subject), companyId, options.clock.nowMs())
      if (!held.add(event)) return
      options.probe.received(event.event, incoming.delivery.deliveries > 1)
      spans.accepted(event)
      work.push(event)
    },
    /** Whether a dependency is down, or something can be neither applied nor kept. */
    isOpen: () => gate.isOpen() || hands.isStuck(),
    held: held.count,
    /** What is in hand, in numbers. */
    holding: () => heldState(held.all()),
    waiting: work.waiting,
    /** Ends the work; what is not settled by then is given back. */
    stop: (): void => {
      isStopping = true
      work.stop()
      held.giveBack()
    },
  }
}

export type Pipeline = ReturnType<typeof pipeline>
