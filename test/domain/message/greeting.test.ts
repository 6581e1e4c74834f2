import { expect } from 'chai'
import { message } from '../../../domain/message/decide.ts'
import type { MessageCommand, MessageEvent } from '../../../domain/message/message.ts'
import { aMessage, messageId } from '../../support/a-message.ts'
import { clock, imported, live, minutes } from '../../support/an-observation.ts'
import { stateAfter } from '../../support/given.ts'

/** What onboarding is told by the last of these commands. */
const toldBy = (command: MessageCommand, ...before: ReadonlyArray<MessageCommand>): ReadonlyArray<MessageEvent> =>
  message.decide(command, stateAfter(message, before)).filter(({ type }) => type === 'MessageArrivedLive')

const at = (minute: number) => aMessage(live(minute), { timestamp: minutes(5) })

describe('onboarding hears of a message', () => {
  it('when a live incoming upsert names its sender and the agent', () =>
    expect(toldBy(aMessage(live(1), { fromPhone: '+62 812', timestamp: minutes(0) }))).to.deep.equal([{
      type: 'MessageArrivedLive', messageId, clock: clock(live(1), minutes(0)),
      greeting: { agentId: 'a1', fromPhone: '+62 812', timestamp: minutes(0) } }]))
  it('with the broker’s time when it was sent without one', () =>
    expect(toldBy(aMessage(live(1)))[0]).to.have.nested.property('greeting.timestamp', minutes(1)))
  it('even when a history had brought the message before', () =>
    expect(toldBy(at(2), aMessage(imported(1)))).to.have.length(1))
  it('not by history, not of outgoing ones, not of those without a sender or an agent', () => {
    expect(toldBy(aMessage(imported(1)))).to.deep.equal([])
    expect(toldBy(aMessage(live(1), { flow: 'OUT' }))).to.deep.equal([])
    expect(toldBy({ ...aMessage(live(1)), fields: { flow: 'IN', agentId: 'a1' } })).to.deep.equal([])
    expect(toldBy({ ...aMessage(live(1)), fields: { flow: 'IN', fromPhone: '62812' } })).to.deep.equal([])
  })
  it('not again by a redelivery', () => expect(toldBy(at(1), at(1))).to.deep.equal([]))
  it('again when it is published again, for that moves campaign data to a newer time', () =>
    expect(toldBy(at(2), at(1))).to.have.length(1))
  it('not again between its first and its last telling', () => expect(toldBy(at(2), at(1), at(3))).to.deep.equal([]))
  it('again when the sender or the campaign differs', () => {
    expect(toldBy(aMessage(live(2), { fromPhone: '62999', timestamp: minutes(5) }), at(1), at(3))).to.have.length(1)
    expect(toldBy({ ...at(2), campaign: { tags: 'promo' } }, at(1), at(3))).to.have.length(1)
    expect(toldBy({ ...at(2), campaign: {} }, at(1), at(3))).to.have.length(1)
  })
})
