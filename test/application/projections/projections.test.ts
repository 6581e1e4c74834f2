import { expect } from 'chai'
import { agentBoard } from '../../../application/projections/agent-board.ts'
import { chatOverview } from '../../../application/projections/chat-overview.ts'
import { messageTimeline } from '../../../application/projections/message-timeline.ts'
import type { AgentFields, AgentId } from '../../../domain/agent/agent.ts'
import type { ChatId } from '../../../domain/chat/chat.ts'
import { message } from '../../../domain/message/decide.ts'
import { written } from '../../../domain/register.ts'
import { aFact } from '../../support/a-fact.ts'
import { aMessage, aMessageUpdate, messageId } from '../../support/a-message.ts'
import { clock, live } from '../../support/an-observation.ts'

const agentId = 'a1' as AgentId

describe('projections', () => {
  it('show nothing of a message of which only updates are known', () => {
    const [fact] = message.decide(aMessageUpdate(live(1), { status: 'read' }), message.initial)
    expect(fact && messageTimeline.evolve(undefined, aFact('message', messageId, fact))).to.equal(undefined)
  })
  it('show what came before a message together with it', () => {
    const early = message.decide(aMessageUpdate(live(1), { status: 'read' }), message.initial).reduce(message.evolve, message.initial)
    const facts = message.decide(aMessage(live(2)), early)
    const row = facts.map((fact) => aFact('message', messageId, fact)).reduce(messageTimeline.evolve, undefined)
    expect(row).to.deep.equal(facts.reduce(message.evolve, early)).and.have.nested.property('heard.status.word', 'read')
  })
  it('leave facts of other kinds alone', () => {
    const fact = aFact('message', messageId, { type: 'MessageFailed', messageId })
    expect(chatOverview.evolve(undefined, fact)).to.equal(undefined)
    const opened = { type: 'ChatOpened' as const, chatId: 'c1' as ChatId, heard: { fields: {}, unread: { raised: [] } } }
    const row = chatOverview.evolve(undefined, aFact('chat', 'c1', opened))
    expect(chatOverview.evolve(row, fact)).to.equal(row)
  })
  it('never hold a pairing code, neither the first nor a later one', () => {
    const said = (status: string) => written<AgentFields>({ qrCode: 'SECRET', status }, clock(live(1)))
    const first = agentBoard.evolve(undefined, aFact('agent', agentId, { type: 'AgentRegistered', agentId, fields: said('connecting') }))
    const later = agentBoard.evolve(first, aFact('agent', agentId, { type: 'AgentRevised', agentId, fields: said('connected') }))
    expect(JSON.stringify([first, later])).to.include('connected').and.not.to.include('SECRET')
  })
})
