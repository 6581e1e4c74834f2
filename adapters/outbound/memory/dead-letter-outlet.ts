import type { DeadLetterOutlet } from '../../../application/ports/dead-letter-outlet.ts'
import type { DeadLetter } from '../../../application/ports/failed-events.ts'
import { done } from './done.ts'

export interface MemoryDeadLetterOutlet extends DeadLetterOutlet {
  /** Each once, in the order of their first publishing. */
  readonly published: () => ReadonlyArray<DeadLetter>
}

const placeOf = ({ companyId, stream, sequence, publishedAt, item, attempts }: DeadLetter): string =>
  [companyId, stream, sequence, publishedAt, item ?? 'all', attempts].join(' ')

export const memoryDeadLetterOutlet = (): MemoryDeadLetterOutlet => {
  const letters = new Map<string, DeadLetter>()
  return {
    publish: (more) => done(() => {
      for (const letter of more) if (!letters.has(placeOf(letter))) letters.set(placeOf(letter), letter)
    }),
    published: () => [...letters.values()],
  }
}
