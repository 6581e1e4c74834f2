import type { Acknowledged, AcknowledgedPositions } from '../../../application/ports/companies.ts'
import { done } from './done.ts'

export const memoryAcknowledgedPositions = (): AcknowledgedPositions => {
  const known = new Map<string, Acknowledged>()
  return {
    save: (positions) => done(() => {
      for (const position of positions) {
        const place = `${position.companyId} ${position.stream}`
        if ((known.get(place)?.sequence ?? -1) < position.sequence) known.set(place, position)
      }
    }),
    of: (companyIds) => done(() => [...known.values()].filter(({ companyId }) => companyIds.includes(companyId))),
  }
}
