import type { Decider } from '../decider.ts'
import type { Sync, SyncCommand, SyncEvent } from './sync.ts'

/**
 * | field | merge | source |
 * |---|---|---|
 * | due at | maximum: the sync waits for the last of an import's final batches | contract 4.9, bad inputs E106 |
 */
export const sync: Decider<SyncCommand, Sync, SyncEvent> = {
  initial: { kind: 'none' },
  decide: ({ agentId, dueAt }, state) =>
    state.kind === 'requested' && dueAt <= state.dueAt ? [] : [{ type: 'SyncRequested', agentId, dueAt }],
  evolve: (_, { dueAt }) => ({ kind: 'requested', dueAt }),
}
