import { expect } from 'chai'
import type { ContactCommand } from '../../../domain/contact/contact.ts'
import { contact } from '../../../domain/contact/decide.ts'
import { shownContact } from '../../../domain/contact/shown.ts'
import { aContact, aContactUpdate, aFind, aFirstMessage, aGreeting } from '../../support/a-contact.ts'
import { clock, imported, live, minutes } from '../../support/an-observation.ts'
import { stateAfter } from '../../support/given.ts'

const shownAfter = (...commands: ReadonlyArray<ContactCommand>) => {
  const state = stateAfter(contact, commands)
  if (state.kind !== 'known') throw new Error('not known')
  return shownContact(state.heard)
}
const writes = (minute: number, tags?: string) => aGreeting(clock(live(minute)), tags === undefined ? undefined : { tags })

describe('a contact shown to readers', () => {
  it('says what has been said and not cleared', () => {
    const upsert = aContact(live(1), { pushName: 'Sinta', notes: 'x' }, aFirstMessage(0))
    expect(shownAfter(upsert, aContactUpdate(live(2), { notes: null }))).to.deep.equal({
      agentId: 'a1', phoneNumber: '62812', pushName: 'Sinta', status: 'ACTIVE', firstMessageId: 'm1', firstMessageTimestamp: minutes(0) })
  })
  it('is active unless it was disabled, and again when that is cleared', () => {
    expect(shownAfter(aContact(live(1)))).to.include({ status: 'ACTIVE' })
    const disabled = aContact(live(1), { status: 'DISABLED' })
    expect(shownAfter(disabled)).to.include({ status: 'DISABLED' })
    expect(shownAfter(disabled, aContactUpdate(live(2), { status: null }))).to.include({ status: 'ACTIVE' })
  })
})

describe('a contact found by the post-scan sync', () => {
  const found = aFind(clock(imported(1), minutes(-9)))

  it('is shown as a direct chat, onboarded, with its first message', () => {
    expect(shownAfter(aContact(live(1)), found)).to.include({
      origin: 'DirectChat', tags: 'Onboarded', firstMessageId: 'm1', firstMessageTimestamp: minutes(-9) })
  })
  it('keeps an origin that somebody gives, before or after', () => {
    for (const commands of [[aContact(live(1), { origin: 'web' }), found], [found, aContact(live(1), { origin: 'web' })]])
      expect(shownAfter(...commands)).to.include({ origin: 'web', firstMessageId: 'm1' }).and.not.to.have.property('tags')
  })
  it('keeps tags that were written since the message was sent', () =>
    expect(shownAfter(aContact(live(1), { tags: 'vip' }), found)).to.include({ origin: 'DirectChat', tags: 'vip' }))
  it('shows no origin when its first message came by a campaign without one', () => {
    const campaign = writes(-9, 'promo')
    expect(shownAfter(campaign, aFind(clock(live(-9))))).to.include({ tags: 'promo' }).and.not.to.have.property('origin')
  })
})

describe('tags of a contact', () => {
  const tagsAfter = (...commands: ReadonlyArray<ContactCommand>): unknown => shownAfter(...commands).tags

  it('are absent while there are none', () => {
    expect(shownAfter(aContact(live(1)))).not.to.have.property('tags')
    expect(shownAfter(aContact(live(1), { tags: ' ,, ' }))).not.to.have.property('tags')
  })
  it('are shown once each, in the order written', () =>
    expect(tagsAfter(aContact(live(1), { tags: 'vip, jakarta,vip' }))).to.equal('vip,jakarta'))
  it('are joined by those of campaigns, the older campaign first', () => {
    expect(tagsAfter(aContact(live(1), { tags: 'vip' }), writes(3, 'promo,vip'), writes(2, 'sale'))).to.equal('vip,sale,promo')
  })
  it('are replaced by tags written later, and cleared by null', () => {
    expect(tagsAfter(writes(2, 'promo'), aContactUpdate(live(3), { tags: 'vip' }))).to.equal('vip')
    expect(tagsAfter(writes(2, 'promo'), aContactUpdate(live(3), { tags: null }))).to.equal(undefined)
    expect(tagsAfter(writes(4, 'promo'), writes(2, 'sale'), aContactUpdate(live(3), { tags: null }))).to.equal('promo')
  })
  it('say Onboarded of a customer who wrote directly first', () => {
    expect(shownAfter(writes(2))).to.include({ tags: 'Onboarded', origin: 'DirectChat' })
    expect(tagsAfter(writes(2), writes(3, 'promo'))).to.equal('Onboarded,promo')
    expect(tagsAfter(writes(2), writes(1, 'promo'))).to.equal('promo,Onboarded')
    expect(tagsAfter(aContact(live(1), { tags: 'vip' }), writes(2))).to.equal('vip,Onboarded')
  })
  it('still say Onboarded when the customer writes again', () => {
    expect(tagsAfter(writes(2), writes(3))).to.equal('Onboarded')
    expect(tagsAfter(writes(3), writes(2))).to.equal('Onboarded')
  })
  it('count from the newest campaign message that brought them', () => {
    const cleared = aContactUpdate(live(3), { tags: null })
    expect(tagsAfter(writes(2, 'promo'), writes(4, 'promo'), cleared)).to.equal('promo')
    expect(tagsAfter(writes(4, 'promo'), cleared, writes(2, 'promo'))).to.equal('promo')
    expect(tagsAfter(writes(2, 'promo'), writes(3, 'sale'), writes(4, 'promo'))).to.equal('sale,promo')
  })
  it('do not say Onboarded of a customer whose origin is another', () => {
    expect(tagsAfter(aContact(live(1), { origin: 'web' }), writes(2))).to.equal(undefined)
    expect(tagsAfter(aGreeting(clock(live(1)), { origin: 'IG-Ads' }), writes(2))).to.equal(undefined)
    expect(tagsAfter(writes(2), aGreeting(clock(live(1)), { origin: 'IG-Ads' }))).to.equal(undefined)
  })
  it('do not say Onboarded once an operator wrote tags', () =>
    expect(tagsAfter(writes(2), aContactUpdate(live(3), { tags: 'vip' }))).to.equal('vip'))
})
