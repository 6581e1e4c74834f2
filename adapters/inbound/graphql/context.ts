import type { YogaInitialContext } from 'graphql-yoga'
import type { Position } from '../../../application/ports/event-log.ts'
import type { Reads } from '../../../application/ports/finders.ts'
import type { CompanyId } from '../../../domain/company.ts'
import type { CursorBox } from './cursor.ts'
import type { Loaders } from './loaders.ts'
import type { Scope } from './scopes.ts'

/** Whose data a request may see, and how much of it; from the verified credential only. */
export interface Identity { readonly companyId: CompanyId; readonly scopes: ReadonlySet<Scope> }

/** Age in seconds of the oldest fact after a position; 0 when there is none. */
export type LagAfter = (position: Position) => Promise<number>

/** One per request. */
export interface Context extends YogaInitialContext {
  readonly identity: Identity
  readonly reads: Reads
  readonly loaders: Loaders
  readonly cursors: CursorBox
  readonly lagAfter: LagAfter
}

export interface CompanyRoot { readonly companyId: CompanyId }
