import type { Onboarding } from '../../../domain/onboarding/onboarding.ts'
import type { Sync } from '../../../domain/sync/sync.ts'
import type { AggregateTable } from './aggregate-table.ts'

export const onboardingTable: AggregateTable<'onboarding'> = {
  table: 'daisi.onboarding_log', id: 'onboarding_id',
  columns: { message_id: 'text', agent_id: 'text', phone_number: 'text', timestamp: 'bigint' },
  stateColumns: ['message_id', 'agent_id', 'phone_number', 'timestamp'],
  toRow: (state) => {
    if (state.kind !== 'logged') throw new TypeError('only a logged onboarding has a row')
    return { message_id: state.first.messageId, agent_id: state.agentId, phone_number: state.phoneNumber, timestamp: state.first.timestamp }
  },
  toState: (row) => ({ kind: 'logged', agentId: row['agent_id'], phoneNumber: row['phone_number'],
    first: { messageId: row['message_id'], timestamp: row['timestamp'] } }) as Onboarding,
}

const MS_PER_SECOND = 1_000

/** The stored post-scan job (contract 5.4), one per agent. A request that is news starts it anew, so no run is done or half done then. */
export const syncTable: AggregateTable<'sync'> = {
  table: 'daisi.post_scan_syncs', id: 'agent_id', columns: { due_at: 'timestamptz', done_at: 'timestamptz', resume_after: 'text' },
  stateColumns: ['due_at'],
  toRow: (state) => {
    if (state.kind !== 'requested') throw new TypeError('only a requested sync has a row')
    return { due_at: new Date(state.dueAt * MS_PER_SECOND).toISOString(), done_at: undefined, resume_after: undefined }
  },
  toState: (row) => ({ kind: 'requested', dueAt: Date.parse(String(row['due_at'])) / MS_PER_SECOND }) as Sync,
}
