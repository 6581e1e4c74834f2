import { expect } from 'chai'
import type { AgentCommand, AgentEvent, AgentFields, AgentId } from '../../../domain/agent/agent.ts'
import { agent } from '../../../domain/agent/decide.ts'
import { shownAgent } from '../../../domain/agent/shown.ts'
import { written } from '../../../domain/register.ts'
import { clock, live } from '../../support/an-observation.ts'
import { given } from '../../support/given.ts'

const agentId = 'a1' as AgentId
const anAgent = (minute: number, fields: Partial<AgentFields>): AgentCommand =>
  ({ type: 'RecordAgent', agentId, seen: live(minute), fields })
const registers = (fields: Partial<AgentFields>, minute: number) => written<AgentFields>(fields, clock(live(minute)))
const registered: AgentEvent = { type: 'AgentRegistered', agentId, fields: registers({ status: 'pairing', qrCode: 'secret' }, 10) }

describe('agent', () => {
  it('is registered by its first connection update, even one that says nothing of it', () => {
    given(agent, []).when(anAgent(10, { status: 'pairing', qrCode: 'secret' })).then([registered])
    given(agent, []).when(anAgent(10, {})).then([{ type: 'AgentRegistered', agentId, fields: {} }])
  })
  it('is not registered again by a redelivery', () =>
    { given(agent, [registered]).when(anAgent(10, { status: 'pairing', qrCode: 'secret' })).then([]) })
  it('follows the newest update and keeps what that leaves out', () =>
    { given(agent, [registered]).when(anAgent(11, { status: 'connected' })).then([
      { type: 'AgentRevised', agentId, fields: registers({ status: 'connected' }, 11) }]) })
  it('ignores an update that was overtaken, except for what nobody else said', () =>
    { given(agent, [registered]).when(anAgent(9, { status: 'pending', version: '2.8' })).then([
      { type: 'AgentRevised', agentId, fields: registers({ version: '2.8' }, 9) }]) })
  it('loses its pairing code by null', () =>
    { given(agent, [registered]).when(anAgent(11, { qrCode: null })).then([
      { type: 'AgentRevised', agentId, fields: registers({ qrCode: null }, 11) }]) })
  it('shows what has been said and not cleared', () =>
    expect(shownAgent(registers({ status: 'connected', qrCode: null, agentName: 'Jakarta' }, 1))).to.deep.equal(
      { status: 'connected', agentName: 'Jakarta' }))
})
