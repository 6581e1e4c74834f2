import type { AliasEvent, AliasId } from '../../../domain/contact/alias.ts'
import type { ContactFields, ContactId } from '../../../domain/contact/contact.ts'
import { alias } from '../../../domain/contact/decide-alias.ts'
import { written } from '../../../domain/register.ts'
import { clock, live } from '../../support/an-observation.ts'
import { given } from '../../support/given.ts'

const aliasId = 'crm-7' as AliasId
const [sinta, bagas] = ['k1' as ContactId, 'k2' as ContactId]
const notes = (text: string, minute: number) => written<ContactFields>({ notes: text }, clock(live(minute)))
const named = (contactId: ContactId, fields = {}): AliasEvent => ({ type: 'AliasNamedContact', aliasId, contactId, fields })
const updated = (contacts: ReadonlyArray<ContactId>, text: string, minute: number): AliasEvent =>
  ({ type: 'AliasUpdated', aliasId, contacts, fields: notes(text, minute) })
const update = (text: string, minute: number) => ({ type: 'UpdateByAlias', aliasId, seen: live(minute), fields: { notes: text } }) as const

describe('alias', () => {
  it('names a contact once', () => {
    given(alias, []).when({ type: 'NameContact', aliasId, contactId: sinta }).then([named(sinta)])
    given(alias, [named(sinta)]).when({ type: 'NameContact', aliasId, contactId: sinta }).then([])
  })
  it('tells its contacts what is said of it', () =>
    { given(alias, [named(bagas), named(sinta)]).when(update('vip', 3)).then([updated([sinta, bagas], 'vip', 3)]) })
  it('tells a contact that is named later all that it heard', () =>
    { given(alias, [updated([], 'vip', 3)]).when({ type: 'NameContact', aliasId, contactId: sinta }).then([
      named(sinta, notes('vip', 3))]) })
  it('tells nothing that is not new', () => {
    given(alias, [named(sinta), updated([sinta], 'vip', 3)]).when(update('vip', 3)).then([])
    given(alias, [named(sinta), updated([sinta], 'vip', 3)]).when(update('older', 2)).then([])
  })
})
