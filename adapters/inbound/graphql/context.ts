import type { Position } from '../../../application/ports/event-log.ts'
import type { Reads } from '../../../application/ports/finders.ts'
import type { CompanyId } from '../../../domain/company.ts'
import type { Cursors } from './cursor.ts'
import type { Loaders } from './loaders.ts'

/** Age in seconds of the oldest fact after a position of the log; 0 when there is none. */
export type LagAfter = (position: Position) => Promise<number>

/** All that resolvers get; it lives as long as the request. Everything in it belongs to one company. */
export interface RequestContext {
  readonly companyId: CompanyId
  readonly scopes: ReadonlySet<string>
  readonly reads: Reads
  readonly load: Loaders
  readonly cursors: Cursors
  readonly lagAfter: LagAfter
}
