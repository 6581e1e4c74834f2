import type { Agent, AgentFields as Fields } from '../../../domain/agent/agent.ts'
import { shownAgent } from '../../../domain/agent/shown.ts'
import type { Registers } from '../../../domain/register.ts'
import { AgentFields } from '../../../schemas/events/agent-event.ts'
import type { AggregateTable } from './aggregate-table.ts'
import { decoded } from './decoded.ts'

const toRow = (state: Agent): Readonly<Record<string, unknown>> => {
  if (state.kind !== 'registered') throw new TypeError('only a registered agent has a row')
  const { qrCode, status, agentName, phoneNumber, hostName, version } = shownAgent(state.fields)
  return {
    qr_code: qrCode, status, agent_name: agentName, phone_number: phoneNumber, host_name: hostName, version,
    merge: AgentFields.encode(state.fields),
  }
}

export const agentTable: AggregateTable<'agent'> = {
  table: 'daisi.agents', id: 'agent_id',
  columns: {
    qr_code: 'text', status: 'text', agent_name: 'text', phone_number: 'text', host_name: 'text', version: 'text', merge: 'jsonb',
  },
  stateColumns: ['merge'],
  toRow,
  toState: ({ merge }) => ({ kind: 'registered', fields: decoded<Registers<Fields>>(AgentFields, merge) }),
}
