import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { bodyOfItem, decodeDelivery } from '../../../adapters/inbound/nats/decode-event.ts'
import type { Delivery } from '../../../adapters/inbound/nats/delivery.ts'
import { failureOfEvent, type Failing } from '../../../adapters/inbound/nats/failure-of-event.ts'
import { keptEventReader } from '../../../adapters/inbound/nats/kept-event-reader.ts'
import { unitsOf } from '../../../adapters/inbound/nats/parts.ts'
import { placeOf } from '../../../adapters/inbound/nats/tracked-event.ts'
import { isolateFaults, type Unit } from '../../../application/commands/isolate-faults.ts'
import type { HandleBatch } from '../../../application/commands/handle-batch.ts'
import { reapply } from '../../../application/commands/reapply.ts'
import type { KeptEvent } from '../../../application/ports/event-reader.ts'
import { decoding } from '../../support/translating.ts'
import { aCompanyInMemory, answerOf, contactIdOf } from '../projections/a-company-in-memory.ts'

/** The event that fails while it fails: the whole of it, or the item that its number, counted round, picks. */
export interface Fault { readonly delivery: Delivery; readonly item: number | 'whole' }

type Part = Unit[number]

const RETRY_IN_SECONDS = 60
const DECODING = { ...decoding, contactIdOf }

const decoded = (delivery: Delivery) => {
  const read = decodeDelivery(delivery, DECODING)
  if (E.isLeft(read) || read.right.invalidItems.length > 0) throw new Error(`${delivery.subject} was to be valid`)
  return read.right
}

const itemsOf = (delivery: Delivery): ReadonlyArray<number> => unitsOf(decoded(delivery)).map((unit) => unit[0]?.cause.item ?? 0)

const meetsFault = ({ delivery, item }: Fault): ((part: Part) => boolean) => {
  const items = itemsOf(delivery)
  const bad = item === 'whole' ? undefined : items[item % items.length]
  return ({ cause }) => cause.type === 'event' && cause.stream === delivery.stream && cause.sequence === delivery.sequence
    && (bad === undefined || cause.item === bad)
}

/** A company in memory whose deliveries are real bytes; while it fails, the fault is kept as the pipeline keeps it. */
export const aFailingCompany = (fault: Fault) => {
  const company = aCompanyInMemory()
  const isBad = meetsFault(fault)
  let isFailing = true
  const handle: HandleBatch = (batch) => (isFailing && batch.some(isBad)
    ? TE.left({ type: 'Unstorable', sqlState: '22000', cause: new Error('the fault') }) : company.handleBatch(batch))
  const handleUnits = isolateFaults(handle)
  const kept = new Map<string, KeptEvent>()

  const keep = (delivery: Delivery, unit: Unit, failure: Failing['failure']): void => {
    const index = unit[0]?.cause.item ?? 0
    const body = fault.item === 'whole' ? undefined : bodyOfItem(delivery, index)
    const { companyId } = decoded(delivery)
    const failing: Failing = { delivery, companyId, failure, ...(body === undefined ? {} : { item: { index, body } }) }
    kept.set(`${placeOf(delivery)} ${body === undefined ? 'whole' : String(index)}`, failureOfEvent(failing, RETRY_IN_SECONDS))
  }
  return {
    company,
    /** One batch; what fails is kept, everything else is applied. */
    deliver: async (batch: ReadonlyArray<Delivery>): Promise<void> => {
      const units = batch.flatMap((delivery) => unitsOf(decoded(delivery)).map((unit) => ({ delivery, unit })))
      const verdicts = await answerOf(handleUnits(units.map(({ unit }) => unit)))
      for (const [i, { delivery, unit }] of units.entries()) {
        const verdict = verdicts[i]
        if (verdict?.type === 'failed') keep(delivery, unit, verdict.failure)
      }
    },
    failed: () => kept.size,
    /** What was kept, applied as a retry or a replay applies it; from now on nothing fails. */
    replay: async (): Promise<void> => {
      isFailing = false
      const results = await answerOf(reapply(keptEventReader(DECODING), handleUnits)([...kept.values()]))
      if (results.some(({ type }) => type !== 'applied')) throw new Error('a kept event was to be applied')
    },
  }
}
