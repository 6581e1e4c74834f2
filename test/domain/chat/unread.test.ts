import { expect } from 'chai'
import { MOST_INCREMENTS } from '../../../domain/chat/chat.ts'
import { chat } from '../../../domain/chat/decide.ts'
import { shownChat } from '../../../domain/chat/shown.ts'
import { arrivalOf, shownUnread, UNCOUNTED, withRaised, withSet } from '../../../domain/chat/unread.ts'
import { aChat, aChatUpdate, raise } from '../../support/a-chat.ts'
import { live } from '../../support/an-observation.ts'
import { stateAfter } from '../../support/given.ts'

const at = (minute: number) => arrivalOf(live(minute))
const raisedTimes = (times: number, from = 1) => Array.from({ length: times }, (_, i) => aChatUpdate(live(from + i), raise))

describe('unread count', () => {
  it('is zero as long as nobody said anything', () => expect(shownUnread(UNCOUNTED)).to.equal(0))
  it('is the last absolute count and the increments after it', () =>
    expect(shownUnread(withRaised(withRaised(withSet(withRaised(UNCOUNTED, at(1)), 5, at(2)), at(3)), at(4)))).to.equal(7))
  it('keeps increments in order of arrival', () =>
    expect(withRaised(withRaised(withRaised(UNCOUNTED, at(2)), at(3)), at(1)).raised).to.deep.equal([at(1), at(2), at(3)]))
  it('fits the column, whatever is sent', () => {
    expect(shownUnread(withRaised(withSet(UNCOUNTED, 2_147_483_647, at(1)), at(2)))).to.equal(2_147_483_647)
    expect(shownUnread(withSet(UNCOUNTED, Number.MAX_SAFE_INTEGER, at(1)))).to.equal(2_147_483_647)
    expect(shownUnread(withSet(UNCOUNTED, -3, at(1)))).to.equal(0)
  })
  it(`remembers ${String(MOST_INCREMENTS)} increments one by one and the older ones as a number`, () => {
    const state = stateAfter(chat, [aChat(live(1), {}, 4), ...raisedTimes(MOST_INCREMENTS + 3, 2)])
    if (state.kind !== 'opened') throw new Error('not opened')
    expect(state.heard.unread.raised).to.have.length(MOST_INCREMENTS)
    expect(state.heard.unread.set).to.deep.equal({ count: 4 + 3, at: at(4) })
    expect(shownChat(state.heard).unreadCount).to.equal(4 + 3 + MOST_INCREMENTS)
  })
  it('counts none of a thousand increments twice when all are redelivered', () => {
    const increments = raisedTimes(MOST_INCREMENTS + 3)
    const state = stateAfter(chat, increments)
    expect(increments.flatMap((command) => chat.decide(command, state))).to.deep.equal([])
  })
})

describe('a chat shown to readers', () => {
  it('says what has been said, and the unread count', () => {
    const fields = { jid: 'j', isGroup: false, pushName: 'Sinta' }
    const state = stateAfter(chat, [aChat(live(1), fields, 2), aChatUpdate(live(2), raise)])
    if (state.kind !== 'opened') throw new Error('not opened')
    expect(shownChat(state.heard)).to.deep.equal({ ...fields, unreadCount: 3 })
  })
})
