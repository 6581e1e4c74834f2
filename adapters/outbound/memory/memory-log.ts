import type { LoggedFact } from '../../../application/ports/event-log.ts'

/** What the memory adapters of transactions and log share: the facts committed, in order. */
export interface MemoryLog { readonly facts: LoggedFact[] }

export const memoryLog = (): MemoryLog => ({ facts: [] })
