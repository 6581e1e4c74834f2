import type { JsonText } from '../../../domain/brand.ts'
import type { Arrival, Clock } from '../../../domain/clock.ts'
import type { ChatEvent, ChatFields, Unread } from '../../../domain/chat/chat.ts'
import { chat } from '../../../domain/chat/decide.ts'
import { arrivalOf } from '../../../domain/chat/unread.ts'
import { written } from '../../../domain/register.ts'
import { aChat, aChatUpdate, chatId, raise, setTo } from '../../support/a-chat.ts'
import { clock, imported, live, minutes } from '../../support/an-observation.ts'
import { given } from '../../support/given.ts'

const at = (minute: number): Arrival => arrivalOf(live(minute))
const registers = (fields: Partial<ChatFields>, written_at: Clock) => written<ChatFields>(fields, written_at)
const opened = (fields: Partial<ChatFields>, unread: Unread = { set: { count: 0, at: at(10) }, raised: [] }): ChatEvent =>
  ({ type: 'ChatOpened', chatId, heard: { fields: registers(fields, clock(live(10))), unread } })
const revised = (fields: Partial<ChatFields>, minute: number): ChatEvent =>
  ({ type: 'ChatRevised', chatId, fields: registers(fields, clock(live(minute))) })
const sinta = { jid: '62812@s.whatsapp.net', pushName: 'Sinta' }
const setFact = (count: number, minute: number): ChatEvent => ({ type: 'ChatUnreadSet', chatId, count, at: at(minute) })
const raisedFact = (minute: number): ChatEvent => ({ type: 'ChatUnreadRaised', chatId, at: at(minute) })

describe('chat', () => {
  it('is opened by its first upsert', () => { given(chat, []).when(aChat(live(10), sinta)).then([opened(sinta)]) })
  it('is not opened again by a redelivered upsert', () => { given(chat, [opened(sinta)]).when(aChat(live(10), sinta)).then([]) })
  it('keeps its jid, kind, agent and number, and follows names, assignee and snapshot', () => {
    const first = { jid: 'j', isGroup: false, notSpam: true, agentId: 'a1', phoneNumber: '62812' }
    const next = { jid: 'x', isGroup: true, notSpam: false, agentId: 'a2', phoneNumber: '1' }
    const names = { pushName: 'S.', groupName: 'G', customName: 'C', assignedTo: 'cs-07', lastMessage: '{}' as JsonText }
    given(chat, [opened(first)]).when(aChat(live(11), { ...next, ...names })).then([revised(names, 11), setFact(0, 11)])
  })
  it('takes jid and agent from an upsert that is older than the one that opened it', () => {
    given(chat, [opened(sinta)]).when(aChat(live(8), { jid: 'older', pushName: 'Older' })).then([revised({ jid: 'older' }, 8)])
  })
  it('loses nothing that a newer upsert leaves out', () => {
    given(chat, [opened(sinta)]).when(aChat(live(11), {})).then([setFact(0, 11)])
  })
  it('goes by the time of its last activity, not by arrival', () => {
    const active = { pushName: 'New', conversationTimestamp: minutes(20) }
    const fields = registers(active, clock(live(10), minutes(20)))
    const facts: ChatEvent[] = [{ type: 'ChatOpened', chatId, heard: { fields, unread: { raised: [] } } }]
    given(chat, facts).when(aChatUpdate(live(11), raise, { conversationTimestamp: minutes(5) })).then([raisedFact(11)])
  })
  it('is not frozen for years by a timestamp of the far future', () => {
    const bogus = minutes(60 * 24 * 3_650)
    const fields = registers({ conversationTimestamp: bogus }, clock(live(10), bogus))
    const later = 3 * 24 * 60
    const sane = { conversationTimestamp: minutes(later) }
    given(chat, [{ type: 'ChatOpened', chatId, heard: { fields, unread: { raised: [] } } }])
      .when(aChatUpdate(live(later), raise, sane)).then([revised(sane, later), raisedFact(later)])
  })
  it('hears updates that come first and is opened with them', () => {
    const lastMessage = '{"id":"x"}' as JsonText
    given(chat, []).when(aChatUpdate(live(11), raise, { lastMessage })).then([revised({ lastMessage }, 11), raisedFact(11)])
    given(chat, [revised({ lastMessage }, 11), raisedFact(11)]).when(aChat(live(10), sinta, 2)).then([{
      type: 'ChatOpened', chatId, heard: {
        fields: { ...registers(sinta, clock(live(10))), ...registers({ lastMessage }, clock(live(11))) },
        unread: { set: { count: 2, at: at(10) }, raised: [at(11)] } } }])
  })
})

describe('chat, unread', () => {
  it('is set by an upsert and by an update with any count but 1', () => {
    given(chat, [opened({})]).when(aChat(live(11), {}, 3)).then([setFact(3, 11)])
    given(chat, [opened({})]).when(aChatUpdate(live(11), setTo(0))).then([setFact(0, 11)])
  })
  it('is raised by one, once per event', () => {
    given(chat, [opened({})]).when(aChatUpdate(live(11), raise)).then([raisedFact(11)])
    given(chat, [opened({}), raisedFact(11)]).when(aChatUpdate(live(11), raise)).then([])
  })
  it('does not count an increment that the absolute count covers already', () =>
    { given(chat, [opened({}), setFact(5, 20)]).when(aChatUpdate(live(15), raise)).then([]) })
  it('counts an increment that was processed before the absolute count but arrived after it', () =>
    { given(chat, [raisedFact(12)]).when(aChatUpdate(live(11), setTo(4))).then([setFact(4, 11)]) })
  it('never follows history once live counts are known, whatever its event times say', () =>
    { given(chat, [opened({})]).when({ ...aChat(imported(99), {}, 7) }).then([]) })
  it('ignores event times', () =>
    { given(chat, [opened({}), setFact(5, 20)]).when(aChatUpdate(live(19), setTo(0), { conversationTimestamp: minutes(60) })).then([
      { type: 'ChatRevised', chatId, fields: registers({ conversationTimestamp: minutes(60) }, clock(live(19), minutes(60))) }]) })
})
