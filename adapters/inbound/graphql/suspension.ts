import * as E from 'fp-ts/lib/Either.js'
import type { CompanyStanding } from '../../../application/ports/company-standing.ts'
import type { CompanyId } from '../../../domain/company.ts'
import { refusal } from './refusals.ts'

/** A suspension is noticed within this and the time of one look: well below a minute (bad inputs Q32). */
const KNOWN_FOR_MS = 30_000
const MOST_KNOWN = 10_000

interface Known { readonly suspended: Promise<boolean>; readonly at: number }

/** Rejects with a 403 for a company that is known to be suspended. */
export type RefuseSuspended = (companyId: CompanyId) => Promise<void>

/**
 * Remembers what the registry said for half a minute. When it cannot be asked, what it said last holds, and a company of which
 * nothing is known is let through: an outage of the registry must not end reading.
 */
export const suspensionCheck = ({ isSuspended }: CompanyStanding, nowMs = () => performance.now()): RefuseSuspended => {
  const known = new Map<CompanyId, Known>()
  const look = async (companyId: CompanyId, before: Known | undefined): Promise<boolean> => {
    const found = await isSuspended(companyId)().catch((bug: unknown) => {
      known.delete(companyId)
      throw bug
    })
    return E.isRight(found) ? found.right : before?.suspended ?? false
  }
  return async (companyId) => {
    const before = known.get(companyId)
    const isFresh = before !== undefined && nowMs() - before.at < KNOWN_FOR_MS
    const now = isFresh ? before : { suspended: look(companyId, before), at: nowMs() }
    if (!isFresh) {
      known.delete(companyId)
      if (known.size >= MOST_KNOWN) known.delete(known.keys().next().value ?? companyId)
      known.set(companyId, now)
    }
    if (await now.suspended) throw refusal('FORBIDDEN', 'The company is suspended.', 403)
  }
}
