import { ownerOf } from '../../../application/owner.ts'
import type { LiveProcess, ProcessLeases } from '../../../application/ports/process-leases.ts'
import type { NOBODY } from '../../../application/ports/failed-events.ts'
import type { CompanyId } from '../../../domain/company.ts'
import { orThrow } from './company-registry.ts'

/** Renewed every 2 s: together with the next look, a dead process's companies move within 10 s (design 4). */
const LEASE_SECONDS = 6

export interface OwnedOptions {
  readonly leases: ProcessLeases
  /** A name that no other process has, nor had. */
  readonly holder: string
  /** Only these are consumed; empty means every valid company that appears. */
  readonly companyIds: ReadonlyArray<CompanyId>
}

/** The companies that this process consumes, for it ranks highest for them (ADR 0015); while PostgreSQL is away, those it had last. */
export const ownedCompanies = ({ leases, holder, companyIds }: OwnedOptions) => {
  let live: ReadonlyArray<LiveProcess> = []
  let known = new Map<string, boolean>()
  const isMine = (companyId: CompanyId | typeof NOBODY): boolean => {
    const mine = known.get(companyId) ?? ownerOf(companyId, live) === holder
    known.set(companyId, mine)
    return mine
  }
  return {
    isMine,
    /** Rejects while PostgreSQL is away. */
    renew: async (): Promise<void> => {
      live = await orThrow(leases.renew({ holder, companyIds }, LEASE_SECONDS))
      known = new Map()
    },
    /** So that others need not wait for the lease to run out; never rejects: whatever is wrong, that is what is left. */
    end: async (): Promise<void> => { await leases.end(holder)().catch(() => undefined) },
  }
}

export type OwnedCompanies = ReturnType<typeof ownedCompanies>
