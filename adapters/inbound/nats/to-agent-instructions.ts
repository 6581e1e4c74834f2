import type { Instruction } from '../../../application/aggregates.ts'
import type { AgentFields, AgentId } from '../../../domain/agent/agent.ts'
import type { SyncId } from '../../../domain/sync/sync.ts'
import type { EpochSeconds } from '../../../domain/time.ts'
import type { ConnectionUpdated } from '../../../schemas/inbound/v1/connection-updated.ts'
import type { EventContext } from './event-context.ts'
import { present } from './present.ts'

export const toAgentRecorded = (payload: ConnectionUpdated, { companyId, seen, cause }: EventContext): ReadonlyArray<Instruction> => {
  const { agentId: id, companyId: _, ...fields } = payload
  const agentId = id as AgentId
  return [{ kind: 'agent', companyId, id: agentId, cause,
    command: { type: 'RecordAgent', agentId, seen, fields: present<AgentFields>(fields) } }]
}

/** Some time after the last batch of an import (contract 4.9), by the broker's clock. */
export const toSyncRequested = (agent: string, { companyId, seen, cause, syncDelaySeconds }: EventContext): Instruction => {
  const agentId = agent as SyncId
  return { kind: 'sync', companyId, id: agentId, cause,
    command: { type: 'RequestSync', agentId, dueAt: (seen.publishedAt + syncDelaySeconds) as EpochSeconds } }
}
