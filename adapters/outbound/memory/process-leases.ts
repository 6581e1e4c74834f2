import type { LiveProcess, ProcessLeases } from '../../../application/ports/process-leases.ts'
import { done } from './done.ts'

const MS_PER_SECOND = 1_000

export const memoryProcessLeases = (nowMs: () => number = Date.now): ProcessLeases => {
  const leases = new Map<string, { readonly process: LiveProcess; readonly until: number }>()
  return {
    renew: (process, seconds) => done(() => {
      leases.set(process.holder, { process, until: nowMs() + seconds * MS_PER_SECOND })
      return [...leases.values()].filter(({ until }) => until > nowMs()).map((lease) => lease.process)
        .sort((a, b) => (a.holder < b.holder ? -1 : 1))
    }),
    end: (holder) => done(() => { leases.delete(holder) }),
  }
}
