import type { Branded } from '../brand.ts'
import type { EpochSeconds } from '../time.ts'

/** The agent whose contacts are to be synced after a history import (contract 4.9, 5.4); one stored job per agent. */
export type SyncId = Branded<string, 'SyncId'>

export type Sync =
  | { readonly kind: 'none' }
  | { readonly kind: 'requested'; readonly dueAt: EpochSeconds }

export type SyncCommand =
  { readonly type: 'RequestSync'; readonly agentId: SyncId; readonly dueAt: EpochSeconds }

export type SyncEvent =
  { readonly type: 'SyncRequested'; readonly agentId: SyncId; readonly dueAt: EpochSeconds }
