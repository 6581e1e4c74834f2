import type { Acknowledged, AcknowledgedPositions } from '../../../application/ports/companies.ts'
import type { Unprocessed } from '../../../application/ports/company-standing.ts'
import type { CompanyId } from '../../../domain/company.ts'
import { done } from './done.ts'

export interface MemoryAcknowledgedPositions extends AcknowledgedPositions {
  readonly unprocessed: (companyId: CompanyId) => ReadonlyArray<Unprocessed>
}

const placeOf = ({ companyId, stream }: Acknowledged): string => `${companyId} ${stream}`

export const memoryAcknowledgedPositions = (): MemoryAcknowledgedPositions => {
  const waiting = new Map<string, Unprocessed & Pick<Acknowledged, 'companyId'>>()
  const known = new Map<string, Acknowledged & { readonly savedAtMs: number }>()
  return {
    save: (positions) => done(() => {
      for (const position of positions) {
        const { unprocessedSince: since, companyId, stream } = position
        const place = placeOf(position)
        if ((known.get(place)?.sequence ?? -1) < position.sequence) known.set(place, { ...position, savedAtMs: Date.now() })
        if (since === undefined) waiting.delete(place)
        else waiting.set(place, { companyId, stream, since })
      }
    }),
    of: (companyIds) => done(() => [...known.values()].filter(({ companyId }) => companyIds.includes(companyId))
      .map(({ companyId, stream, sequence }) => ({ companyId, stream, sequence }))),
    unprocessed: (companyId) => [...waiting.values()].filter((one) => one.companyId === companyId)
      .map(({ stream, since }) => ({ stream, since })).sort((a, b) => a.stream.localeCompare(b.stream)),
    forget: (stream, ageMs) => done(() => {
      for (const [place, position] of known)
        if (position.stream === stream && position.savedAtMs < Date.now() - ageMs) known.set(place, { ...position, sequence: 0 })
    }),
  }
}
