import type { DeadLetter, FailedEvent, FailedEvents } from '../../../application/ports/failed-events.ts'
import { done } from './done.ts'

interface Kept { readonly letter: DeadLetter; readonly status: 'retrying' | 'dead' | 'resolved'; readonly isPublished: boolean }

const WHOLE = 'whole'
const placeOf = ({ companyId, stream, sequence, item }: FailedEvent): string => [companyId, sequence, item ?? WHOLE, stream].join(' ')

const isUsedUp = (fate: FailedEvent['fate'], attempts: number): boolean => fate.type === 'final' || attempts >= fate.maxAttempts

/** The first body stays, the newest reason counts. */
const again = (kept: Kept, { reason, pointer, message, deliveries, fate }: FailedEvent): Kept => {
  const attempts = kept.letter.attempts + 1
  const isDead = kept.status === 'dead' || isUsedUp(fate, attempts)
  return { letter: { ...kept.letter, reason, pointer, message, deliveries, fate, attempts }, status: isDead ? 'dead' : 'retrying',
    isPublished: kept.status === 'dead' && kept.isPublished }
}

const unpublished = (kept: Iterable<Kept>): ReadonlyArray<DeadLetter> =>
  [...kept].filter(({ status, isPublished }) => status === 'dead' && !isPublished).map(({ letter }) => letter)

export const memoryFailedEvents = (): FailedEvents => {
  const kept = new Map<string, Kept>()
  const first = (failure: FailedEvent): Kept => {
    const status = isUsedUp(failure.fate, 1) ? 'dead' : 'retrying'
    return { letter: { ...failure, id: kept.size + 1, attempts: 1 }, status, isPublished: false }
  }
  const store = (failure: FailedEvent): void => {
    const place = placeOf(failure)
    const known = kept.get(place)
    kept.set(place, known === undefined ? first(failure) : again(known, failure))
  }
  const replaceWhere = (isMeant: (entry: Kept) => boolean, change: (entry: Kept) => Kept): void => {
    for (const [place, entry] of kept) if (isMeant(entry)) kept.set(place, change(entry))
  }
  return {
    record: (failures) => done(() => {
      for (const failure of new Map(failures.map((each) => [placeOf(each), each])).values()) store(failure)
      return failures.map((failure) => (kept.get(placeOf(failure))?.status === 'dead' ? 'dead' : 'retry'))
    }),
    unpublished: (limit) => done(() => unpublished(kept.values()).slice(0, limit)),
    markPublished: (ids) => done(() => {
      replaceWhere(({ letter, status }) => status === 'dead' && ids.includes(letter.id), (entry) => ({ ...entry, isPublished: true }))
    }),
    succeeded: (events) => done(() => {
      const isMeant = ({ letter, status }: Kept): boolean => status === 'retrying' && events.some((event) =>
        event.companyId === letter.companyId && event.stream === letter.stream && event.sequence === letter.sequence)
      replaceWhere(isMeant, (entry) => ({ ...entry, status: 'resolved', letter: { ...entry.letter, attempts: 0 } }))
    }),
  }
}
