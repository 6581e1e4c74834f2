import type { Acknowledged, AcknowledgedPositions } from '../../../application/ports/companies.ts'
import { done } from './done.ts'

export const memoryAcknowledgedPositions = (): AcknowledgedPositions => {
  const known = new Map<string, Acknowledged & { readonly savedAtMs: number }>()
  return {
    save: (positions) => done(() => {
      for (const position of positions) {
        const place = `${position.companyId} ${position.stream}`
        if ((known.get(place)?.sequence ?? -1) < position.sequence) known.set(place, { ...position, savedAtMs: Date.now() })
      }
    }),
    of: (companyIds) => done(() => [...known.values()].filter(({ companyId }) => companyIds.includes(companyId))
      .map(({ companyId, stream, sequence }) => ({ companyId, stream, sequence }))),
    forget: (stream, ageMs) => done(() => {
      for (const [place, position] of known)
        if (position.stream === stream && position.savedAtMs < Date.now() - ageMs) known.set(place, { ...position, sequence: 0 })
    }),
  }
}
