import fc from 'fast-check'
import { memoryFailedEvents } from '../../adapters/outbound/memory/failed-events.ts'
import { memoryLog } from '../../adapters/outbound/memory/memory-log.ts'
import { memoryTransactions } from '../../adapters/outbound/memory/transactions.ts'
import { postgresEventLog } from '../../adapters/outbound/postgres/event-log.ts'
import { postgresFailedEvents } from '../../adapters/outbound/postgres/failed-events.ts'
import { postgresReadModelStore } from '../../adapters/outbound/postgres/read-model-store.ts'
import { postgresTransactions } from '../../adapters/outbound/postgres/transactions.ts'
import { handleBatch } from '../../application/commands/handle-batch.ts'
import type { DeadLetter, FailedEvent } from '../../application/ports/failed-events.ts'
import { agentBoard } from '../../application/projections/agent-board.ts'
import { chatOverview } from '../../application/projections/chat-overview.ts'
import { contactCard } from '../../application/projections/contact-card.ts'
import { messageTimeline } from '../../application/projections/message-timeline.ts'
import { onboardingList } from '../../application/projections/onboarding-list.ts'
import { projectBatch } from '../../application/projections/project-batch.ts'
import type { CompanyId } from '../../domain/company.ts'
import { aCompanyId } from '../support/a-company-id.ts'
import { aPipeline, silentProbe } from '../support/a-pipeline.ts'
import { settling } from '../support/a-delivery.ts'
import { eventually } from '../support/eventually.ts'
import type { OpenDatabase } from '../support/open-database.ts'
import { rightOf } from '../support/right-of.ts'
import { accounting, deliveryOf, expectOwnBytes, noFates, type Fates } from './account.ts'
import { aBody, anAlteredBody, type AnyBody } from './any-body.ts'

/** Bodies that a stage tries in one go, on one company. */
const TOGETHER = 25
/** Bodies of one transaction. */
const BATCH = 5
const EVERYTHING = 100_000
const COMPANY = 'ACME01'
const PATIENCE_MS = 30_000

export interface Effort { readonly bodies: number; readonly seed: number }
export type Stage = (effort: Effort) => Promise<Fates>

/** The same body of another company, whose id is as long in a body as in any. */
const ofCompany = (bytes: Uint8Array, company: string): Uint8Array =>
  Buffer.from(Buffer.from(bytes).toString('latin1').replaceAll(`"${COMPANY}"`, `"${company}"`), 'latin1')

const clock = { nowMs: () => Date.now() }

const placeOf = ({ companyId, stream, sequence, item }: Omit<FailedEvent, 'fate'>): string =>
  [companyId, stream, sequence, item ?? 'whole'].join(' ')

const expectKept = (failures: ReadonlyArray<FailedEvent>, letters: ReadonlyArray<DeadLetter>): void => {
  const byPlace = new Map(letters.map((letter) => [placeOf(letter), letter]))
  if (byPlace.size !== failures.length) throw new Error(`${failures.length} failures, ${byPlace.size} kept`)
  for (const failure of failures) {
    const body = byPlace.get(placeOf(failure))?.body
    if (body === undefined || Buffer.compare(body, failure.body) !== 0) throw new Error('other bytes were kept')
  }
}

/** Counts what the runs of a property did; those of shrinking come after a failure, which ends the stage anyway. */
const tried = async (
  { bodies, seed }: Effort, body: fc.Arbitrary<AnyBody>, run: (some: ReadonlyArray<AnyBody>, fates: Fates) => Promise<void>,
): Promise<Fates> => {
  const fates = noFates()
  const together = fc.array(body, { minLength: TOGETHER, maxLength: TOGETHER })
  await fc.assert(fc.asyncProperty(together, (some) => run(some, fates)), { numRuns: Math.ceil(bodies / TOGETHER), seed })
  return fates
}

const inBatchesOf = <T>(all: ReadonlyArray<T>, size: number): ReadonlyArray<ReadonlyArray<T>> =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size))

/** Decoding, deciding and storing, with nothing in between; memory adapters. */
export const decodingAndDeciding: Stage = (effort) => tried(effort, aBody(COMPANY), async (bodies, fates) => {
  const failedEvents = memoryFailedEvents()
  const account = accounting({ handle: handleBatch(memoryTransactions(memoryLog(), clock)), failedEvents }, COMPANY)
  const failures: FailedEvent[] = []
  for (const batch of inBatchesOf(bodies, BATCH)) failures.push(...await account(batch, fates))
  expectKept(failures, await rightOf(failedEvents.unpublished(EVERYTHING)))
})

/** The pipeline as ingest runs it: each event is acknowledged, and what it did not apply is kept byte for byte. */
export const throughThePipeline: Stage = (effort) => tried(effort, aBody(COMPANY), async (bodies, fates) => {
  const outcomes: string[] = []
  const { work, failedEvents } = aPipeline({ probe: { ...silentProbe, settled: (_, outcome) => { outcomes.push(outcome) } } })
  const events = bodies.map((body, i) => settling(deliveryOf(body, COMPANY, i + 1)))
  for (const event of events) work.accept(event, COMPANY as CompanyId)
  await eventually('everything is settled', () => work.held() === 0, PATIENCE_MS)
  work.stop()
  if (events.some((event) => event.outcome() !== 'acked')) throw new Error('an event was not acknowledged')
  const letters = await rightOf(failedEvents.unpublished(EVERYTHING))
  for (const letter of letters) {
    const { sequence, reason } = letter
    const data = events[sequence - 1]?.delivery.data ?? new Uint8Array()
    expectOwnBytes(data, letter)
    if (/^(handler_error|data_error)/.test(reason)) throw new Error(`an event failed with ${reason}`)
  }
  for (const outcome of outcomes) fates[outcome === 'failed' ? 'refused' : outcome as keyof Fates] += 1
})

const PROJECTIONS = [messageTimeline, chatOverview, contactCard, agentBoard, onboardingList] as const
const PAGE = 2_000

/** Decoding, deciding and storing in PostgreSQL, then showing it: what the decoder lets in, both sides can hold. */
export const intoPostgres = ({ orm }: OpenDatabase): Stage => async (effort) => {
  const failedEvents = postgresFailedEvents(orm)
  const handle = handleBatch(postgresTransactions(orm))
  const failures: FailedEvent[] = []
  const fates = await tried(effort, anAlteredBody(COMPANY), async (bodies, counted) => {
    const company = aCompanyId()
    const account = accounting({ handle, failedEvents }, company)
    const own = bodies.map(({ event, bytes }) => ({ event, bytes: ofCompany(bytes, company) }))
    for (const batch of inBatchesOf(own, BATCH)) failures.push(...await account(batch, counted))
  })
  expectKept(failures, await rightOf(failedEvents.unpublished(EVERYTHING)))
  const [log, store] = [postgresEventLog(orm), postgresReadModelStore(orm)]
  for (const projection of PROJECTIONS) while ((await rightOf(projectBatch<never>(projection as never, log, store, PAGE))).more);
  return fates
}
