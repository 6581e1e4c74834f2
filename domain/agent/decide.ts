import { clockOf } from '../clock.ts'
import type { Decider } from '../decider.ts'
import { winning, written, type MergeTable } from '../register.ts'
import type { Agent, AgentCommand, AgentEvent, AgentFields } from './agent.ts'

const MERGE: MergeTable<AgentFields> = {
  qrCode: 'latest', status: 'latest', agentName: 'latest', hostName: 'latest', version: 'latest', phoneNumber: 'latest',
}

/**
 * | field | merge | source |
 * |---|---|---|
 * | all | highest clock; absent never erases, null clears | contract 4.7, design 5 |
 *
 * Connection updates carry no time: their clock is the broker's (reliability 2.1). The first one registers the agent.
 */
export const agent: Decider<AgentCommand, Agent, AgentEvent> = {
  initial: { kind: 'unseen' },
  decide: ({ agentId, seen, fields }, state) => {
    const said = written<AgentFields>(fields, clockOf(seen))
    if (state.kind === 'unseen') return [{ type: 'AgentRegistered', agentId, fields: said }]
    const won = winning(MERGE, state.fields, said)
    return won === undefined ? [] : [{ type: 'AgentRevised', agentId, fields: won }]
  },
  evolve: (state, event) =>
    ({ kind: 'registered', fields: state.kind === 'unseen' ? event.fields : { ...state.fields, ...event.fields } }),
}
