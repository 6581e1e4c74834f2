import type { Unit } from '../../../application/commands/isolate-faults.ts'
import { laneOf, lockGroupOf, slotOf } from '../../../application/lanes.ts'
import type { DecodedEvent } from './decode-event.ts'
import type { Waiting } from './fair-queue.ts'
import { HISTORY } from '../../../domain/clock.ts'
import { eventKinds } from './subjects.ts'
import type { TrackedEvent } from './tracked-event.ts'

/** What one slot works on at a time and what fails alone: the instructions of an event, or of one item of it, that its lanes hold. */
export interface Part extends Waiting { readonly event: TrackedEvent; readonly unit: Unit }

type Instructions = DecodedEvent['instructions']

/** By item; most events are one instruction, and need no map. */
const grouped = (instructions: Instructions): ReadonlyArray<Unit> => (instructions.length <= 1
  ? instructions.map((instruction) => [instruction])
  : [...Map.groupBy(instructions, ({ cause }) => cause.item).values()])

/** One unit an item, whatever its lanes. */
export const unitsOf = ({ instructions }: Pick<DecodedEvent, 'instructions'>): ReadonlyArray<Unit> => grouped(instructions)

/** By slot; two slots never want the same lock, so batches in flight never meet and one aggregate's events stay in order (ADR 0007). */
const unitsBySlot = ({ instructions }: DecodedEvent, slots: number): ReadonlyArray<ReadonlyArray<Unit>> => {
  const bySlot = Array.from({ length: slots }, (): Instructions[number][] => [])
  for (const instruction of instructions)
    bySlot[slotOf(laneOf(instruction.kind, instruction.companyId, instruction.id), instruction.companyId, slots)]?.push(instruction)
  return bySlot.map(grouped)
}

/** The parts of an event by slot. Histories wait in the background: an import must not delay anybody's present. */
export const partsOf = (
  event: TrackedEvent, decoded: DecodedEvent, slots: number, weight: number,
): ReadonlyArray<ReadonlyArray<Part>> => {
  const { stream, data } = event.incoming.delivery
  const bySlot = unitsBySlot(decoded, slots)
  const bytes = Math.ceil(data.length / Math.max(bySlot.flat().length, 1))
  const line = `${event.companyId} ${stream}`
  const background = eventKinds[decoded.event].rank === HISTORY
  const shared = { event, line, lockGroup: lockGroupOf(decoded.companyId), weight, bytes, background }
  return bySlot.map((units) => units.map((unit) => ({ ...shared, unit, items: unit.length })))
}
