import type { Position } from '../../../application/ports/event-log.ts'
import type { Operations } from '../../../application/operations.ts'
import type { Reads } from '../../../application/ports/finders.ts'
import type { CompanyId } from '../../../domain/company.ts'
import type { Cursors } from './cursor.ts'
import type { Loaders } from './loaders.ts'

/** Age in seconds of the oldest fact after a position of the log; 0 when there is none. */
export type LagAfter = (position: Position) => Promise<number>

/** Ages in seconds, by stream, of the company's oldest events that are not stored yet. */
export type UnprocessedAges = () => Promise<ReadonlyArray<{ readonly stream: string; readonly ageSeconds: number }>>

/** All that resolvers get; it lives as long as the request. Everything in it belongs to one company. */
export interface RequestContext {
  readonly companyId: CompanyId
  readonly scopes: ReadonlySet<string>
  /** Only what belongs to these agents is found; absent: all of the company. */
  readonly agents?: ReadonlyArray<string>
  /** Whom an audit names. */
  readonly subject: string
  readonly reads: Reads
  readonly operations: Operations
  readonly load: Loaders
  readonly cursors: Cursors
  readonly lagAfter: LagAfter
  readonly unprocessed: UnprocessedAges
  /** Takes so many rows out of the company's budget, or throws `RATE_LIMITED`. */
  readonly spend: (rows: number) => void
}
