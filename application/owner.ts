import { hash } from './hash.ts'
import type { LiveProcess } from './ports/process-leases.ts'

const takes = (companyId: string, { companyIds }: LiveProcess): boolean =>
  companyIds.length === 0 || companyIds.some((own) => own === companyId)

/** Spreads what `hash` leaves close together (the finaliser of MurmurHash3): ranks of one company must not depend on each other. */
const mixed = (h: number): number => {
  const once = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35)
  return (twice ^ (twice >>> 16)) >>> 0
}

/**
 * Which of the live processes consumes a company: the one that ranks highest for it (rendezvous hashing), so that all agree
 * without talking, and a process that comes or goes moves only its own companies. Undefined when none takes it (ADR 0015).
 */
export const ownerOf = (companyId: string, live: ReadonlyArray<LiveProcess>): string | undefined => {
  const ranked = live.filter((process) => takes(companyId, process))
    .map(({ holder }) => ({ holder, rank: mixed(hash(`${holder} ${companyId}`)) }))
  return ranked.sort((a, b) => b.rank - a.rank || (a.holder < b.holder ? -1 : 1))[0]?.holder
}
