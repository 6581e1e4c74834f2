import type { Position } from './event-log.ts'
import type { Found } from './finder-page.ts'

/** How far a projection has come; the same for all companies. */
export interface ProjectionProgress {
  readonly name: string
  readonly position: Position
  /** When the last fact applied was recorded, ms since 1970. */
  readonly factAt?: number
}

/** Contract: test/contract/finders.contract.ts */
export interface FreshnessFinder {
  /** By name; a projection that has applied nothing yet is absent. */
  readonly all: () => Found<ReadonlyArray<ProjectionProgress>>
}
