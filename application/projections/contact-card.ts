import { contact } from '../../domain/contact/decide.ts'
import type { Projection } from './projection.ts'

/** Contacts with their tags, origin and first message. */
export const contactCard: Projection<'contact_card'> = {
  name: 'contact_card', kind: 'contact',
  evolve: (row, fact) => {
    if (fact.kind !== 'contact' || (row === undefined && fact.event.type !== 'ContactRecorded')) return row
    return contact.evolve(row ?? contact.initial, fact.event)
  },
}
