import type { ContactId } from '../../domain/contact/contact.ts'
import type { AliasEvent } from '../../domain/contact/alias.ts'
import { causedBy, type Policy } from './policy.ts'

const NAME = 'contact_alias'

const namedBy = (event: AliasEvent): ReadonlyArray<ContactId> => {
  switch (event.type) {
    case 'AliasNamedContact': return [event.contactId]
    case 'AliasUpdated': return event.contacts
  }
}

/** What is said of an alias is said of every contact it names, with the clocks of the original events (ADR 0008). */
export const wheneverAliasTold: Policy = {
  name: NAME, kind: 'alias', types: ['AliasNamedContact', 'AliasUpdated'],
  react: (fact) => {
    if (fact.kind !== 'alias' || Object.keys(fact.event.fields).length === 0) return []
    const { companyId, event } = fact
    return namedBy(event).map((contactId, i) => ({ kind: 'contact', companyId, id: contactId, cause: causedBy(NAME, fact, i),
      command: { type: 'MergeContact', contactId, fields: event.fields } }))
  },
}
