import { expect } from 'chai'
import type { JsonText } from '../../../domain/brand.ts'
import { message } from '../../../domain/message/decide.ts'
import type { MessageCommand } from '../../../domain/message/message.ts'
import { shownMessage } from '../../../domain/message/shown.ts'
import { aMessage, aMessageUpdate } from '../../support/a-message.ts'
import { live, minutes } from '../../support/an-observation.ts'
import { stateAfter } from '../../support/given.ts'

const shownAfter = (...commands: ReadonlyArray<MessageCommand>) => {
  const state = stateAfter(message, commands)
  if (state.kind !== 'recorded') throw new Error('not recorded')
  return shownMessage(state.heard, state.firstSeen)
}
const spoken = { chatId: 'c1', jid: '62812@s.whatsapp.net', flow: 'IN', agentId: 'a1', fromPhone: '62812', text: 'hello' }

describe('a message shown to readers', () => {
  it('says what its upsert said and nothing else', () =>
    expect(shownAfter(aMessage(live(1), { timestamp: minutes(0) }))).to.deep.equal(
      { ...spoken, timestamp: minutes(0), sentAt: minutes(0), failed: false, isDeleted: false }))
  it('was sent when it was first seen, if it was sent without a time', () =>
    expect(shownAfter(aMessage(live(7)), aMessage(live(3)))).to.deep.equal(
      { ...spoken, sentAt: minutes(3), failed: false, isDeleted: false }))
  it('shows a far-future time as sent', () => {
    const future = minutes(60 * 24 * 365)
    expect(shownAfter(aMessage(live(1), { timestamp: future }))).to.include({ timestamp: future, sentAt: future })
  })
  it('shows its last edit and when that was seen, beside the original', () =>
    expect(shownAfter(aMessage(live(1)), aMessageUpdate(live(4), { fields: { editedContent: '{}' as JsonText } }))).to.include(
      { text: 'hello', editedContent: '{}', editedAt: minutes(4) }))
  it('shows its failure, its status and its deletion', () => {
    expect(shownAfter(aMessage(live(1), {}, { status: 'failed' }))).to.include({ status: 'failed', failed: true })
    expect(shownAfter(aMessage(live(1), {}, { status: 'failed' }), aMessageUpdate(live(2), { status: 'read', deleted: true }))).to.include(
      { status: 'read', failed: false, isDeleted: true, text: 'hello' })
  })
})
