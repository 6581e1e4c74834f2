import { clockOf } from '../clock.ts'
import type { Decider } from '../decider.ts'
import { winning, written } from '../register.ts'
import type { Alias, AliasCommand, AliasEvent } from './alias.ts'
import type { ContactFields } from './contact.ts'
import { CONTACT_MERGE } from './merge-table.ts'

/**
 * | field | merge | source |
 * |---|---|---|
 * | contacts | grow-only set, sorted | design 5: ids sent by publishers are aliases |
 * | fields | as the contact's own | `merge-table.ts` |
 *
 * A contact named later is told all that the alias ever heard; a contact named before is told what is new.
 */
export const alias: Decider<AliasCommand, Alias, AliasEvent> = {
  initial: { contacts: [], fields: {} },
  decide: (command, { contacts, fields }) => {
    const { aliasId } = command
    switch (command.type) {
      case 'NameContact':
        return contacts.includes(command.contactId) ? [] : [{ type: 'AliasNamedContact', aliasId, contactId: command.contactId, fields }]
      case 'UpdateByAlias': {
        const won = winning(CONTACT_MERGE, fields, written<ContactFields>(command.fields, clockOf(command.seen)))
        return won === undefined ? [] : [{ type: 'AliasUpdated', aliasId, contacts, fields: won }]
      }
    }
  },
  evolve: (state, event) => {
    switch (event.type) {
      case 'AliasNamedContact': return { ...state, contacts: [...state.contacts, event.contactId].sort() }
      case 'AliasUpdated': return { ...state, fields: { ...state.fields, ...event.fields } }
    }
  },
}
