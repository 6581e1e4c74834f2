import type { DeadLetter, FailedEvent } from '../../application/ports/failed-events.ts'
import { aFailedEvent } from './a-failed-event.ts'

/** A letter whose failure was final. */
export const aDeadLetter = (companyId: FailedEvent['companyId'], more: Partial<DeadLetter> = {}): DeadLetter => {
  const { fate: _, ...failed } = aFailedEvent(companyId)
  return { ...failed, id: 1, attempts: 1, maxAttempts: 1, ...more }
}
