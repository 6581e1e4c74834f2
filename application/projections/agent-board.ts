import type { AgentEvent } from '../../domain/agent/agent.ts'
import { agent } from '../../domain/agent/decide.ts'
import type { Projection } from './projection.ts'

/** A pairing code is a secret: it ends on the write side (bad inputs E120). */
const withoutSecret = (event: AgentEvent): AgentEvent => {
  const { qrCode: _, ...fields } = event.fields
  return { ...event, fields }
}

/** Agents and how they are connected. */
export const agentBoard: Projection<'agent_board'> = {
  name: 'agent_board', kind: 'agent',
  evolve: (row, fact) => (fact.kind === 'agent' ? agent.evolve(row ?? agent.initial, withoutSecret(fact.event)) : row),
}
