import { message } from '../../../domain/message/decide.ts'
import type { Heard, MessageEvent, MessageFields } from '../../../domain/message/message.ts'
import { written } from '../../../domain/register.ts'
import { aMessage, aMessageUpdate, messageId } from '../../support/a-message.ts'
import { clock, imported, live, minutes } from '../../support/an-observation.ts'
import { given } from '../../support/given.ts'
import type { JsonText } from '../../../domain/brand.ts'

const heard = (fields: Partial<MessageFields>, at = clock(live(10)), more: Partial<Heard> = {}): Heard =>
  ({ fields: written<MessageFields>(fields, at), failed: false, deleted: false, greetings: [], ...more })
const outgoing = { flow: 'OUT', text: 'hi' } as const
const recorded = (more: Partial<Heard> = {}): MessageEvent =>
  ({ type: 'MessageRecorded', messageId, heard: heard(outgoing, clock(live(10)), more), firstSeen: clock(live(10)) })
const advanced = (word: string, minute: number): MessageEvent =>
  ({ type: 'MessageStatusAdvanced', messageId, status: { word, clock: clock(live(minute)) } })
const bare = (minute: number, more: Partial<MessageFields> = outgoing) => ({ ...aMessage(live(minute)), fields: more })

describe('message', () => {
  it('is recorded with what its upsert says', () =>
    { given(message, []).when(bare(10)).then([recorded()]) })
  it('is not recorded again by a redelivered upsert', () =>
    { given(message, [recorded()]).when(bare(10)).then([]) })
  it('takes the text of a newer upsert but keeps its direction', () =>
    { given(message, [recorded()]).when(bare(12, { flow: 'IN', text: 'hello' })).then([
      { type: 'MessageRevised', messageId, fields: written<MessageFields>({ text: 'hello' }, clock(live(12))) }]) })
  it('fills what no upsert has said before, and loses nothing that a newer one leaves out', () =>
    { given(message, [recorded()]).when(bare(12, { jid: '62812' })).then([
      { type: 'MessageRevised', messageId, fields: written<MessageFields>({ jid: '62812' }, clock(live(12))) }]) })
  it('is dated back by an upsert that is older than the one that recorded it', () =>
    { given(message, [recorded()]).when(bare(8, { text: 'older' })).then([
      { type: 'MessageDatedBack', messageId, firstSeen: clock(live(8)) }]) })
  it('keeps its live text when a history of the same second tells another', () =>
    { given(message, [recorded()]).when({ ...aMessage(imported(99), {}), fields: { text: 'import', timestamp: minutes(10) } }).then([
      { type: 'MessageRevised', messageId, fields: written<MessageFields>({ timestamp: minutes(10) }, clock(imported(99), minutes(10))) },
      { type: 'MessageDatedBack', messageId, firstSeen: clock(imported(99), minutes(10)) }]) })
})

describe('message, updates', () => {
  it('wait for their message and are folded in when it comes, however late', () => {
    const early: MessageEvent[] = [advanced('read', 11), { type: 'MessageDeleted', messageId }]
    given(message, early).when(bare(10)).then([recorded({ status: { word: 'read', clock: clock(live(11)) }, deleted: true })])
  })
  it('keep an edit beside the original', () => {
    const editedContent = '{"text":"hi!"}' as JsonText
    given(message, [recorded()]).when(aMessageUpdate(live(11), { fields: { editedContent } })).then([
      { type: 'MessageRevised', messageId, fields: { editedContent: { value: editedContent, clock: clock(live(11)) } } }])
  })
  it('ignore an edit that was overtaken by a newer one', () => {
    const editedContent = { value: '2' as JsonText, clock: clock(live(12)) }
    const newer: MessageEvent = { type: 'MessageRevised', messageId, fields: { editedContent } }
    given(message, [recorded(), newer]).when(aMessageUpdate(live(11), { fields: { editedContent: '1' as JsonText } })).then([])
  })
  it('delete once and for all', () => {
    given(message, [recorded()]).when(aMessageUpdate(live(11), { deleted: true })).then([{ type: 'MessageDeleted', messageId }])
    given(message, [recorded(), { type: 'MessageDeleted', messageId }]).when(aMessageUpdate(live(12))).then([])
    given(message, [recorded(), { type: 'MessageDeleted', messageId }]).when(aMessageUpdate(live(12), { deleted: true })).then([])
  })
  it('change nothing when they say nothing', () => { given(message, []).when(aMessageUpdate(live(11))).then([]) })
})
