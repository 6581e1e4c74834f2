import * as E from 'fp-ts/lib/Either.js'
import { isolateFaults, type Unit, type Verdict } from '../../../application/commands/isolate-faults.ts'
import type { HandleBatch } from '../../../application/commands/handle-batch.ts'
import { laneOf, slotOf } from '../../../application/lanes.ts'
import type { FailedEvents } from '../../../application/ports/failed-events.ts'
import type { WallClock } from '../../../application/ports/wall-clock.ts'
import type { CompanyId } from '../../../domain/company.ts'
import { circuit } from './circuit.ts'
import { bodyOfItem, decodeDelivery, type DecodedEvent, type DecodeOptions } from './decode-event.ts'
import { fairQueue, type BatchLimits } from './fair-queue.ts'
import { failureDesk } from './failure-desk.ts'
import { failureOfEvent } from './failure-of-event.ts'
import type { IngestProbe } from './ingest-probe.ts'
import { finish, tracked, type Incoming, type TrackedEvent } from './tracked-event.ts'

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

/** The share of an event that one slot works on at a time. */
interface Part { readonly event: TrackedEvent; readonly unit: Unit; readonly companyId: string; readonly items: number; readonly bytes: number }

/** How often within `ack_wait` the broker is told that a held event is alive. */
const SIGNS_OF_LIFE = 4
const MS_PER_SECOND = 1_000

/** Instructions of one item that one slot works on; two slots never share a lock, so they never meet (ADR 0007). */
const unitsBySlot = ({ instructions }: DecodedEvent, slots: number): ReadonlyArray<ReadonlyArray<Unit>> => {
  const bySlot = Array.from({ length: slots }, () => new Map<number, Unit[number][]>())
  for (const instruction of instructions) {
    const units = bySlot[slotOf(laneOf(instruction.kind, instruction.companyId, instruction.id), instruction.companyId, slots)]
    const unit = units?.get(instruction.cause.item)
    if (unit === undefined) units?.set(instruction.cause.item, [instruction])
    else unit.push(instruction)
  }
  return bySlot.map((units) => [...units.values()])
}

/**
 * From delivered to settled. Batches are natural: a free slot takes what has arrived meanwhile, nothing waits for a batch
 * to fill. An event is acknowledged after everything it led to is committed, as facts or as stored failures.
 */
export const pipeline = ({ handle, failedEvents, clock, probe, slots, weightOf, ackWaitSeconds, maxItems, maxBytes, ...decoding }: PipelineOptions) => {
  let stopping = false
  const held = new Set<TrackedEvent>()
  const gate = circuit(probe, () => stopping)
  const handleUnits = isolateFaults(handle)
  const queues = Array.from({ length: slots }, () => fairQueue<Part>(weightOf))
  const busy = new Set<number>()

  const done = (event: TrackedEvent, parts = 1): void => {
    finish(event, parts, clock.nowMs(), ({ event: name }, outcome, ageSeconds) => {
      held.delete(event)
      probe.settled(name, outcome, ageSeconds)
    })
  }
  const desk = failureDesk(failedEvents, gate, done)

  const conclude = ({ event, unit, companyId }: Part, verdict: Verdict): void => {
    if (verdict.type === 'done') {
      event.facts += verdict.facts
      return done(event)
    }
    const { failure } = verdict
    const { delivery } = event.incoming
    const index = unit[0]?.cause.item ?? 0
    const body = bodyOfItem(delivery, index)
    const stored = failureOfEvent({ delivery, companyId: companyId as CompanyId, failure, ...(body === undefined ? {} : { item: { index, body } }) })
    probe.failed(event.event, stored.reason, { companyId, stream: delivery.stream, sequence: delivery.sequence }, failure.cause)
    desk.report({ event, failure: stored })
  }

  const work = async (slot: number): Promise<void> => {
    const queue = queues[slot]
    for (let batch = queue?.take({ maxItems, maxBytes }) ?? []; batch.length > 0 && !stopping; batch = queue?.take({ maxItems, maxBytes }) ?? []) {
      const begun = clock.nowMs()
      const verdicts = await gate.untilAvailable(handleUnits(batch.map(({ unit }) => unit)))
      if (verdicts === undefined) return
      probe.batch(batch.reduce((sum, { items }) => sum + items, 0), (clock.nowMs() - begun) / MS_PER_SECOND)
      for (const [i, part] of batch.entries()) conclude(part, verdicts[i] ?? { type: 'done', facts: 0 })
    }
  }

  /** Begins at the end of the tick, so that everything that arrived in it makes one batch. */
  const wake = (slot: number): void => {
    if (busy.has(slot)) return
    busy.add(slot)
    setImmediate(() => { void work(slot).finally(() => { busy.delete(slot); if (!stopping && (queues[slot]?.waiting() ?? 0) > 0) wake(slot) }) })
  }

  const enqueue = (event: TrackedEvent, decoded: DecodedEvent): void => {
    const bySlot = unitsBySlot(decoded, slots)
    const units = bySlot.flat().length
    const bytes = Math.ceil(event.incoming.delivery.data.length / Math.max(units, 1))
    event.pending = units + decoded.invalidItems.length
    for (const [slot, ofSlot] of bySlot.entries()) {
      for (const unit of ofSlot) queues[slot]?.push({ event, unit, companyId: event.companyId, items: 1, bytes })
      if (ofSlot.length > 0) wake(slot)
    }
    for (const { item, problem, body } of decoded.invalidItems) {
      const { delivery } = event.incoming
      probe.failed(event.event, problem.reason, { companyId: event.companyId, stream: delivery.stream, sequence: delivery.sequence })
      desk.report({ event, failure: failureOfEvent({ delivery, companyId: decoded.companyId, failure: problem, item: { index: item, body } }) })
    }
    if (event.pending === 0) done(event, 0)
  }

  const accept = (incoming: Incoming, companyId: CompanyId | undefined): void => {
    const decoded = decodeDelivery(incoming.delivery, decoding)
    const event = tracked(incoming, E.isRight(decoded) ? decoded.right.event : 'invalid', companyId ?? '')
    held.add(event)
    if (E.isRight(decoded)) {
      for (const repair of decoded.right.repairs) probe.repaired(repair)
      return enqueue(event, decoded.right)
    }
    const { stream, sequence } = incoming.delivery
    event.pending = 1
    probe.failed(event.event, decoded.left.reason, { companyId: companyId ?? '*', stream, sequence })
    desk.report({ event, failure: failureOfEvent({ delivery: incoming.delivery, companyId, failure: decoded.left }) })
  }

  const heartbeat = setInterval(() => { for (const { incoming } of held) incoming.working() }, (ackWaitSeconds * MS_PER_SECOND) / SIGNS_OF_LIFE)
  const waiting = (): number => queues.reduce((sum, queue) => sum + queue.waiting(), 0)
  return {
    accept,
    isOpen: gate.isOpen,
    /** Events accepted and not yet settled. */
    held: () => held.size,
    waiting,
    /** Ends the work; what is not settled by then is delivered again. */
    stop: () => {
      stopping = true
      clearInterval(heartbeat)
    },
  }
}

export type Pipeline = ReturnType<typeof pipeline>
