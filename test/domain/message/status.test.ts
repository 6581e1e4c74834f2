import { expect } from 'chai'
import { message } from '../../../domain/message/decide.ts'
import { climbs, shownStatus, showsFailed } from '../../../domain/message/status.ts'
import { aMessage, aMessageUpdate } from '../../support/a-message.ts'
import { clock, live } from '../../support/an-observation.ts'
import { stateAfter } from '../../support/given.ts'

const status = (word: string, minute = 10) => ({ word, clock: clock(live(minute)) })

/** What the status column says after these words, one a minute. */
const shownAfter = (...words: ReadonlyArray<string>): string | undefined => {
  const state = stateAfter(message, [aMessage(live(0)), ...words.map((word, i) => aMessageUpdate(live(i + 1), { status: word }))])
  return state.kind === 'recorded' ? shownStatus(state.heard.failed, state.heard.status) : undefined
}

describe('message status', () => {
  it('climbs pending, sent, delivered, read, played', () => {
    const ladder = ['pending', 'sent', 'delivered', 'read', 'played']
    for (const [i, word] of ladder.entries()) for (const [j, other] of ladder.entries())
      expect(climbs(status(word), status(other)), `${other} -> ${word}`).to.equal(i > j)
  })
  it('climbs straight to read', () => expect(shownAfter('read')).to.equal('read'))
  it('never falls back, however late a lower receipt comes', () => expect(shownAfter('read', 'delivered', 'sent')).to.equal('read'))
  it('takes gateway words as their rung and shows them as sent', () => {
    expect(shownAfter('SERVER_ACK')).to.equal('SERVER_ACK')
    expect(shownAfter('DELIVERY_ACK', 'sent')).to.equal('DELIVERY_ACK')
  })
  it('keeps the first of two words for one rung', () => {
    expect(shownAfter('delivered', 'delivery_ack')).to.equal('delivered')
    expect(climbs(status('delivery_ack', 9), status('delivered', 10))).to.equal(true)
  })
  it('puts an unknown word below every rung', () => {
    expect(shownAfter('pending', 'teleported')).to.equal('pending')
    expect(shownAfter('teleported', 'pending')).to.equal('pending')
  })
  it('follows the newest of unknown words', () => expect(shownAfter('teleported', 'beamed')).to.equal('beamed'))
  it('shows failed only while nothing says that the message was delivered', () => {
    expect(shownAfter('sent', 'failed')).to.equal('failed')
    expect(shownAfter('FAILED')).to.equal('failed')
    expect(shownAfter('failed', 'delivered')).to.equal('delivered')
    expect(shownAfter('read', 'failed')).to.equal('read')
    expect(showsFailed(true, undefined)).to.equal(true)
    expect(showsFailed(false, undefined)).to.equal(false)
  })
})
