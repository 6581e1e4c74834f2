import * as E from 'fp-ts/lib/Either.js'
import { isolateFaults, type Verdict } from '../../../application/commands/isolate-faults.ts'
import type { HandleBatch } from '../../../application/commands/handle-batch.ts'
import { NOBODY, type FailedEvents } from '../../../application/ports/failed-events.ts'
import type { WallClock } from '../../../application/ports/wall-clock.ts'
import type { CompanyId } from '../../../domain/company.ts'
import { circuit } from './circuit.ts'
import { bodyOfItem, decodeDelivery, type DecodedEvent, type DecodeOptions } from './decode-event.ts'
import { fairQueue, type BatchLimits } from './fair-queue.ts'
import { failureDesk } from './failure-desk.ts'
import { failureOfEvent, type Failing } from './failure-of-event.ts'
import type { Incoming } from './incoming.ts'
import type { IngestProbe } from './ingest-probe.ts'
import { partsOf, type Part } from './parts.ts'
import { finish, placeOf, tracked, type TrackedEvent } from './tracked-event.ts'

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

/** How often within `ack_wait` the broker is told that a held event is alive. */
const SIGNS_OF_LIFE = 4
const MS_PER_SECOND = 1_000

/**
 * From delivered to settled. Batches are natural: a free slot takes what has arrived meanwhile, nothing waits for a batch
 * to fill. An event is acknowledged after everything it led to is committed, as facts or as stored failures.
 */
export const pipeline = (options: PipelineOptions) => {
  const { handle, failedEvents, clock, probe, slots, weightOf, ackWaitSeconds } = options
  let stopping = false
  const held = new Map<string, TrackedEvent>()
  const gate = circuit(probe, () => stopping)
  const handleUnits = isolateFaults(handle)
  const queues = Array.from({ length: slots }, () => fairQueue<Part>())
  const busy = new Set<number>()

  const done = (event: TrackedEvent, parts = 1): void => {
    finish(event, parts, clock.nowMs(), ({ event: name, companyId, failures, incoming: { delivery } }, outcome, ageSeconds) => {
      held.delete(placeOf(delivery))
      probe.settled(name, outcome, ageSeconds)
      if (delivery.deliveries > 1 && failures === 0)
        desk.succeeded({ companyId: companyId as CompanyId, stream: delivery.stream, sequence: delivery.sequence })
    })
  }
  const desk = failureDesk({ failedEvents, gate, stored: done, unstorable: ({ event, failure: { companyId, stream, sequence } }, cause) => {
    probe.failed(event.event, 'failure_not_stored', { companyId, stream, sequence }, cause)
  } })

  const fail = (event: TrackedEvent, failing: Omit<Failing, 'delivery' | 'companyId'>): void => {
    const failure = failureOfEvent({ delivery: event.incoming.delivery, companyId: event.companyId, ...failing })
    const { companyId, stream, sequence, reason } = failure
    probe.failed(event.event, reason, { companyId, stream, sequence }, failing.failure.type === 'Bug' ? failing.failure.cause : undefined)
    desk.report({ event, failure })
  }

  const conclude = ({ event, unit }: Part, verdict: Verdict): void => {
    if (verdict.type === 'done') {
      event.facts += verdict.facts
      return done(event)
    }
    const index = unit[0]?.cause.item ?? 0
    const body = bodyOfItem(event.incoming.delivery, index)
    fail(event, { failure: verdict.failure, ...(body === undefined ? {} : { item: { index, body } }) })
  }

  const workOff = async (batch: ReadonlyArray<Part>): Promise<void> => {
    const begun = clock.nowMs()
    const verdicts = await gate.untilAvailable(handleUnits(batch.map(({ unit }) => unit)))
    if (verdicts === undefined) return
    probe.batch(batch.reduce((sum, { items }) => sum + items, 0), (clock.nowMs() - begun) / MS_PER_SECOND)
    for (const [i, part] of batch.entries()) {
      const verdict = verdicts[i] ?? { type: 'failed', failure: { type: 'Bug', cause: new Error('no verdict') } }
      conclude(part, verdict)
    }
  }

  const work = async (slot: number): Promise<void> => {
    const next = (): ReadonlyArray<Part> => queues[slot]?.take(options) ?? []
    for (let batch = next(); batch.length > 0; batch = stopping ? [] : next()) await workOff(batch)
    busy.delete(slot)
  }

  /** Begins at the end of the tick, so that everything that arrived in it makes one batch. */
  const wake = (slot: number): void => {
    if (busy.has(slot) || stopping) return
    busy.add(slot)
    setImmediate(() => { void work(slot) })
  }

  const enqueue = (event: TrackedEvent, decoded: DecodedEvent): void => {
    const bySlot = partsOf(event, decoded, slots, weightOf(decoded.companyId))
    event.pending = bySlot.flat().length + decoded.invalidItems.length
    for (const [slot, parts] of bySlot.entries()) {
      for (const part of parts) queues[slot]?.push(part)
      if (parts.length > 0) wake(slot)
    }
    for (const { item: index, problem, body } of decoded.invalidItems) fail(event, { failure: problem, item: { index, body } })
    if (event.pending === 0) done(event, 0)
  }

  /** Decoding never throws; should it, it is a bug like any other, of this one event. */
  const decoded = ({ delivery }: Incoming): E.Either<Failing['failure'], DecodedEvent> => {
    try {
      return decodeDelivery(delivery, options)
    } catch (cause) {
      return E.left({ type: 'Bug', cause })
    }
  }

  /** Takes a delivery in hand. One that is held already, for the broker lost sight of it, is settled by its newest delivery. */
  const accept = (incoming: Incoming, companyId: CompanyId | typeof NOBODY): void => {
    const place = placeOf(incoming.delivery)
    const known = held.get(place)
    if (known !== undefined) {
      known.incoming = incoming
      return
    }
    const read = decoded(incoming)
    const event = tracked(incoming, E.isRight(read) ? read.right.event : 'invalid', companyId)
    held.set(place, event)
    if (E.isRight(read)) {
      for (const repair of read.right.repairs) probe.repaired(repair)
      return enqueue(event, read.right)
    }
    event.pending = 1
    fail(event, { failure: read.left })
  }

  const heartbeat = setInterval(() => { for (const { incoming } of held.values()) incoming.working() },
    (ackWaitSeconds * MS_PER_SECOND) / SIGNS_OF_LIFE)
  return {
    accept,
    isOpen: gate.isOpen,
    /** Events accepted and not yet settled. */
    held: () => held.size,
    waiting: (): number => queues.reduce((sum, queue) => sum + queue.waiting(), 0),
    /** Ends the work and gives back what is not settled, so that another process has it at once. */
    stop: () => {
      stopping = true
      clearInterval(heartbeat)
      for (const { incoming } of held.values()) incoming.giveBack(0)
    },
  }
}

export type Pipeline = ReturnType<typeof pipeline>
