import { expect } from 'chai'
import { wheneverAliasTold } from '../../../application/policies/whenever-alias-told.ts'
import type { AliasId } from '../../../domain/contact/alias.ts'
import type { ContactFields, ContactId } from '../../../domain/contact/contact.ts'
import { written } from '../../../domain/register.ts'
import { aFact } from '../../support/a-fact.ts'
import { clock, live } from '../../support/an-observation.ts'

const aliasId = 'crm1' as AliasId
const [k1, k2] = ['k1' as ContactId, 'k2' as ContactId]
const fields = written<ContactFields>({ notes: 'tall' }, clock(live(1)))

describe('whenever an alias was told', () => {
  it('tells every contact it names, with the clocks of the original event', () => {
    expect(wheneverAliasTold.react(aFact('alias', aliasId, { type: 'AliasUpdated', aliasId, contacts: [k1, k2], fields }))).to.deep.equal(
      [k1, k2].map((contactId, item) => ({
        kind: 'contact', companyId: 'acme', id: contactId, cause: { type: 'policy', policy: 'contact_alias', sequence: 7, item },
        command: { type: 'MergeContact', contactId, fields },
      })))
  })
  it('tells a contact that is named later all that the alias ever heard', () => {
    expect(wheneverAliasTold.react(aFact('alias', aliasId, { type: 'AliasNamedContact', aliasId, contactId: k1, fields })))
      .to.have.length(1).and.have.nested.property('[0].command.fields', fields)
  })
  it('tells nothing when the alias has heard nothing', () => {
    expect(wheneverAliasTold.react(aFact('alias', aliasId, { type: 'AliasNamedContact', aliasId, contactId: k1, fields: {} })))
      .to.deep.equal([])
  })
})
