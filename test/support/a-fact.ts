import type { AggregateKind, Aggregates } from '../../application/aggregates.ts'
import type { LoggedFact } from '../../application/ports/event-log.ts'
import type { CompanyId } from '../../domain/company.ts'

/** A fact as the log tells it, the 7th of it. */
export const aFact = <K extends AggregateKind>(kind: K, id: string, event: Aggregates[K]['event']): LoggedFact => ({
  position: { epoch: 1, xid: 700, seq: 7 }, companyId: 'acme' as CompanyId, kind, id, version: 1, event, recordedAt: 0,
}) as unknown as LoggedFact
