import type { ContactCommand, ContactEvent, ContactFields, ContactHeard } from '../../../domain/contact/contact.ts'
import { contact } from '../../../domain/contact/decide.ts'
import type { Campaign } from '../../../domain/message/message.ts'
import { written } from '../../../domain/register.ts'
import { aContact, aContactUpdate, aFind, aFirstMessage, aGreeting, contactId } from '../../support/a-contact.ts'
import { clock, imported, live, minutes } from '../../support/an-observation.ts'
import { given } from '../../support/given.ts'

const who = { agentId: 'a1', phoneNumber: '62812' }
const registers = (fields: Partial<ContactFields>, minute: number) => written<ContactFields>(fields, clock(live(minute)))
const recorded = (fields: Partial<ContactFields> = {}, more: Partial<ContactHeard> = {}): ContactEvent =>
  ({ type: 'ContactRecorded', contactId, heard: { fields: registers({ ...who, ...fields }, 10), welcomes: [], ...more } })
const revised = (fields: Partial<ContactFields>, minute: number): ContactEvent =>
  ({ type: 'ContactRevised', contactId, fields: registers(fields, minute) })
const writes = (minute: number, campaign?: Campaign): ContactCommand => aGreeting(clock(live(minute)), campaign)

describe('contact', () => {
  it('is recorded by its first upsert', () =>
    { given(contact, []).when(aContact(live(10), { pushName: 'Sinta' })).then([recorded({ pushName: 'Sinta' })]) })
  it('is not recorded again by a redelivery', () =>
    { given(contact, [recorded({ pushName: 'Sinta' })]).when(aContact(live(10), { pushName: 'Sinta' })).then([]) })
  it('keeps its chat and its origin, and follows everything else', () => {
    const chatAndOrigin = { chatId: 'c1', origin: 'IG-Ads' }
    given(contact, [recorded(chatAndOrigin)]).when(aContact(live(11), { chatId: 'c2', origin: 'web', notes: 'vip', type: 'AGENT' })).then([
      revised({ notes: 'vip', type: 'AGENT' }, 11)])
    given(contact, [recorded(chatAndOrigin)]).when(aContactUpdate(live(9), { chatId: 'c0' })).then([revised({ chatId: 'c0' }, 9)])
  })
  it('loses by null what null may clear', () =>
    { given(contact, [recorded({ gender: 'MALE' })]).when(aContactUpdate(live(11), { gender: null })).then([
      revised({ gender: null }, 11)]) })
  it('hears updates that come first and is recorded with them', () => {
    given(contact, []).when(aContactUpdate(live(12), { notes: 'vip' })).then([revised({ notes: 'vip' }, 12)])
    given(contact, [revised({ notes: 'vip' }, 12)]).when(aContact(live(10), { notes: 'old' })).then([{
      type: 'ContactRecorded', contactId, heard: { fields: { ...registers(who, 10), ...registers({ notes: 'vip' }, 12) }, welcomes: [] } }])
  })
  it('merges what an alias was told at the time it was said', () => {
    const told: ContactCommand = { type: 'MergeContact', contactId, fields: registers({ notes: 'told' }, 8) }
    given(contact, [recorded()]).when(told).then([revised({ notes: 'told' }, 8)])
    given(contact, [recorded({ notes: 'newer' })]).when(told).then([])
  })
  it('remembers the earliest first message that anybody tells of', () => {
    given(contact, [recorded({}, { first: aFirstMessage(5, 'm5') })]).when(aContact(live(11), {}, aFirstMessage(4, 'm9'))).then([
      { type: 'ContactFirstMessageFound', contactId, first: aFirstMessage(4, 'm9') }])
    given(contact, [recorded({}, { first: aFirstMessage(5, 'm5') })]).when(aContact(live(11), {}, aFirstMessage(5, 'm5'))).then([])
  })
})

describe('contact, when a customer writes', () => {
  it('is recorded as a direct chat when nobody knew it', () =>
    { given(contact, []).when(writes(10)).then([
      recorded({ origin: 'DirectChat' }, { first: aFirstMessage(10, 'm10'), direct: clock(live(10)) })]) })
  it('is recorded with what had been heard early', () =>
    { given(contact, [revised({ notes: 'vip' }, 12)]).when(writes(10, { tags: 'promo' })).then([{
      type: 'ContactRecorded', contactId, heard: {
        fields: { ...registers(who, 10), ...registers({ notes: 'vip' }, 12) },
        first: aFirstMessage(10, 'm10'), welcomes: [{ tags: 'promo', clock: clock(live(10)) }],
        approach: { message: aFirstMessage(10, 'm10'), by: 'campaign', clock: clock(live(10)) } } }]) })
  it('takes tags, assignee and, if it has none, origin from a campaign', () =>
    { given(contact, [recorded({ assignedTo: 'cs-01' })]).when(writes(11, { tags: 'promo', assignedTo: 'cs-07', origin: 'IG-Ads' })).then([
      revised({ assignedTo: 'cs-07', origin: 'IG-Ads' }, 11),
      { type: 'ContactFirstMessageFound', contactId, first: aFirstMessage(11, 'm11') },
      { type: 'ContactWelcomed', contactId, welcome: { tags: 'promo', clock: clock(live(11)) } }]) })
  it('takes nothing from empty words of a campaign, and does not count it as a direct chat', () =>
    { given(contact, [recorded({}, { first: aFirstMessage(1) })]).when(writes(11, { tags: '', assignedTo: '', origin: '' })).then([
      { type: 'ContactApproached', contactId, approach: { message: aFirstMessage(11, 'm11'), by: 'campaign', clock: clock(live(11)) } }]) })
  it('keeps the origin of the first message', () =>
    { given(contact, [recorded({ origin: 'IG-Ads' }, { first: aFirstMessage(1) })]).when(writes(11)).then([
      { type: 'ContactWroteDirectly', contactId, clock: clock(live(11)) }]) })
  it('is not changed by a redelivered greeting', () => {
    given(contact, contact.decide(writes(10), contact.initial)).when(writes(10)).then([])
    given(contact, contact.decide(writes(10, { tags: 'a' }), contact.initial)).when(writes(10, { tags: 'a' })).then([])
  })
  it('does not get back tags that were replaced since', () =>
    { given(contact, [recorded({ tags: 'vip', origin: 'web' }, { first: aFirstMessage(1) })]).when(writes(9, { tags: 'promo' })).then([
      revised(who, 9)]) })
})

describe('contact, found in an imported history', () => {
  const found = clock(imported(5, 2), minutes(-60))
  const message = { messageId: 'm5', timestamp: minutes(-60) }
  const approached: ContactEvent = { type: 'ContactApproached', contactId, approach: { message, by: 'history', clock: found } }
  const first: ContactEvent = { type: 'ContactFirstMessageFound', contactId, first: message }

  it('learns its first message, and how they came as long as it has no origin', () =>
    { given(contact, [recorded()]).when(aFind(found)).then([first, approached]) })
  it('is not changed when it is found again', () =>
    { given(contact, [recorded(), first, approached]).when(aFind(found)).then([]) })
  it('keeps the origin it has and learns its first message only', () =>
    { given(contact, [recorded({ origin: 'web' })]).when(aFind(found)).then([first]) })
  it('is told nothing by a find that is later than what it knows', () =>
    { given(contact, [recorded(), first, approached]).when(aFind(clock(live(9)))).then([]) })
  it('did not come by itself when its first message was a campaign\'s', () => {
    const byCampaign = contact.decide(writes(10, {}), contact.initial)
    given(contact, byCampaign).when(aFind(clock(live(10)))).then([])
    given(contact, byCampaign).when(aFind(found)).then([first, approached])
  })
})
