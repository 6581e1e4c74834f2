import { createHash } from 'node:crypto'
import type {
  FailedEventConditions, FailedEventFinder, FailureGroup, FoundFailedEvent,
} from '../../../application/ports/failed-event-finder.ts'
import type { FailedEvent } from '../../../application/ports/failed-events.ts'
import type { PageRequest, Place } from '../../../application/ports/finder-page.ts'
import type { AuditTrail } from '../../../application/ports/operator-desk.ts'
import { replayItemStatuses, type FoundReplayJob, type ReplayJobFinder } from '../../../application/ports/replay-job-finder.ts'
import { done } from './done.ts'
import type { Kept } from './failed-events.ts'
import { meets, pageOf } from './finder-pages.ts'
import { itemsOf, type KeptJob, type MemoryOperations } from './replays.ts'

type Scope = FailedEvent['companyId'] | undefined

const MICROS_PER_MS = 1_000
const MICROS_PER_SECOND = 1_000_000
const FINGERPRINT_CHARS = 12
/** Numbers compare as text when all have as many digits. */
const DIGITS = 16

const micros = (ms: number): number => ms * MICROS_PER_MS

const withDigits = ({ at, id }: Place): Place => ({ at, id: id.padStart(DIGITS, '0') })

const numbered = ({ after, before, ...request }: PageRequest): PageRequest => ({
  ...request, ...(after === undefined ? {} : { after: withDigits(after) }), ...(before === undefined ? {} : { before: withDigits(before) }),
})

/** See migrations/dead-letter-tables.ts: type, place and fingerprint of a failure. */
const kindOf = ({ letter: { subject, reason, pointer } }: Kept): Pick<FoundFailedEvent, 'eventType' | 'place' | 'fingerprint'> => {
  const [eventType, place] = [subject.replace(/\.[^.]*$/, ''), pointer.replaceAll(/\/[0-9]+/g, '/*')]
  const digest = createHash('md5').update(`${eventType} ${reason} ${place}`).digest('hex')
  return { eventType, place, fingerprint: digest.slice(0, FINGERPRINT_CHARS) }
}

export const toFound = (kept: Kept): FoundFailedEvent => {
  const { letter, status, history, edited, note, retryAt } = kept
  const { id, companyId, subject, stream, sequence, item, reason, pointer, message, attempts, publishedAt } = letter
  return {
    id, companyId, subject, stream, sequence, ...(item === undefined ? {} : { item }), status, reason, pointer, message, attempts, history,
    ...kindOf(kept), publishedAt: publishedAt * MICROS_PER_SECOND, firstFailedAt: micros(kept.firstFailedAt),
    lastFailedAt: micros(kept.lastFailedAt), ...(status === 'dead' ? { nextRetryAt: micros(retryAt) } : {}),
    ...(edited === undefined ? {} : { editedBy: edited.by, editedAt: micros(edited.at) }), ...(note === undefined ? {} : { note }),
  }
}

export const isMeant = ({ status, reason, eventType, fingerprint }: FailedEventConditions, found: FoundFailedEvent): boolean =>
  meets(status, found.status) && meets(reason, found.reason) && meets(eventType, found.eventType) && meets(fingerprint, found.fingerprint)

const groupOf = (alike: ReadonlyArray<FoundFailedEvent>): FailureGroup | undefined => {
  const [latest] = alike.toSorted((a, b) => b.lastFailedAt - a.lastFailedAt || b.id - a.id)
  if (latest === undefined) return undefined
  const { fingerprint, eventType, reason, place, lastFailedAt, id } = latest
  return { fingerprint, eventType, reason, place, lastFailedAt, exampleId: id, count: alike.length,
    firstFailedAt: Math.min(...alike.map(({ firstFailedAt }) => firstFailedAt)) }
}

export const memoryFailedEventFinder = ({ kept }: MemoryOperations, scope: Scope): FailedEventFinder => {
  const rows = (): ReadonlyArray<Kept> => [...kept.values()].filter(({ letter }) => scope === undefined || letter.companyId === scope)
  const found = (conditions: FailedEventConditions) => rows().map(toFound).filter((event) => isMeant(conditions, event))
  return {
    page: (request, conditions) => done(() =>
      pageOf(found(conditions), ({ lastFailedAt, id }) => withDigits({ at: lastFailedAt, id: String(id) }), numbered(request))),
    groups: (conditions, limit) => done(() => [...Map.groupBy(found(conditions), ({ fingerprint }) => fingerprint).values()]
      .flatMap((alike) => groupOf(alike) ?? []).sort((a, b) => b.lastFailedAt - a.lastFailedAt).slice(0, limit)),
    byIds: (ids) => done(() => new Map(found({}).filter(({ id }) => ids.includes(id)).map((event) => [event.id, event]))),
    bodies: (ids, mostBytes) => done(() => {
      let bytes = 0
      const wanted = rows().filter(({ letter }) => ids.includes(letter.id)).toSorted((a, b) => b.letter.id - a.letter.id)
      return new Map(wanted.flatMap(({ letter, edited }) => {
        const fits = bytes < mostBytes
        bytes += letter.body.length + (edited?.body.length ?? 0)
        return fits ? [[letter.id, { body: letter.body, ...(edited === undefined ? {} : { editedBody: edited.body }) }]] : []
      }))
    }),
  }
}

const toJob = (state: MemoryOperations, { notBefore: _, createdAt, finishedAt, ...job }: KeptJob): FoundReplayJob => {
  const items = itemsOf(state, job.id)
  const counts = replayItemStatuses.map((status) => [status, items.filter((item) => item.status === status).length])
  return { ...job, total: items.length, counts: Object.fromEntries(counts) as FoundReplayJob['counts'], createdAt: micros(createdAt),
    ...(finishedAt === undefined ? {} : { finishedAt: micros(finishedAt) }) }
}

export const memoryReplayJobFinder = (state: MemoryOperations, scope: Scope): ReplayJobFinder => {
  const jobs = (): ReadonlyArray<FoundReplayJob> => [...state.jobs.values()]
    .filter(({ companyId }) => scope === undefined || companyId === scope).map((job) => toJob(state, job))
  return {
    page: (request) => done(() => pageOf(jobs(), ({ createdAt, id }) => ({ at: createdAt, id }), request)),
    byIds: (ids) => done(() => new Map(jobs().filter(({ id }) => ids.includes(id)).map((job) => [job.id, job]))),
    items: (jobId, size, after = 0) => done(() => (jobs().some(({ id }) => id === jobId) ? itemsOf(state, jobId) : [])
      .filter(({ failedEventId }) => failedEventId > after).slice(0, size)
      .map(({ jobId: _, claims: __, claimedUntil: ___, ...item }) => item)),
  }
}

export const memoryAuditTrail = ({ audit }: MemoryOperations, scope: Scope): AuditTrail => ({
  page: (request) => done(() => pageOf(audit.filter(({ companyId }) => scope === undefined || companyId === scope),
    ({ at, id }) => withDigits({ at, id: String(id) }), numbered(request))),
})
