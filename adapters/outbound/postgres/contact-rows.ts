import type { Alias } from '../../../domain/contact/alias.ts'
import type { Contact, ContactHeard as Heard } from '../../../domain/contact/contact.ts'
import { shownContact } from '../../../domain/contact/shown.ts'
import { AliasState } from '../../../schemas/events/alias-event.ts'
import { ContactHeard } from '../../../schemas/events/contact-event.ts'
import type { AggregateTable } from './aggregate-table.ts'
import { decoded } from './decoded.ts'
import { utcDate } from './utc-date.ts'

const encoded = (heard: Heard): unknown => ContactHeard.encode({ ...heard, welcomes: [...heard.welcomes] })

const toRow = (state: Contact): Readonly<Record<string, unknown>> => {
  if (state.kind !== 'known') throw new TypeError('only a known contact has a row')
  const shown = shownContact(state.heard)
  const { agentId, phoneNumber, chatId, pushName, customName, assignedTo, dob } = shown
  const { type, notes, avatar, pob, origin, tags, gender, status } = shown
  return {
    phone_number: phoneNumber, agent_id: agentId, chat_id: chatId, type, custom_name: customName, notes, avatar, pob, origin,
    push_name: pushName, tags, assigned_to: assignedTo, dob: typeof dob === 'number' ? utcDate(dob) : undefined, gender, status,
    first_message_id: shown.firstMessageId, first_message_timestamp: shown.firstMessageTimestamp, merge: encoded(state.heard),
  }
}

export const contactTable: AggregateTable<'contact'> = {
  table: 'daisi.contacts', id: 'id',
  columns: {
    phone_number: 'text', agent_id: 'text', chat_id: 'text', type: 'text', custom_name: 'text', notes: 'text', avatar: 'text',
    pob: 'text', origin: 'text', push_name: 'text', tags: 'text', assigned_to: 'text', dob: 'date', gender: 'text', status: 'text',
    first_message_id: 'text', first_message_timestamp: 'bigint', merge: 'jsonb',
  },
  stateColumns: ['merge'],
  toRow,
  toState: ({ merge }) => ({ kind: 'known', heard: decoded<Heard>(ContactHeard, merge) }),
  early: {
    toJson: (state) => (state.kind === 'unseen' ? undefined : encoded(state.heard)),
    toState: (json) => ({ kind: 'early', heard: decoded<Heard>(ContactHeard, json) }),
  },
}

export const aliasTable: AggregateTable<'alias'> = {
  table: 'daisi.contact_aliases', id: 'alias', columns: { merge: 'jsonb' }, stateColumns: ['merge'],
  toRow: (state) => ({ merge: AliasState.encode({ ...state, contacts: [...state.contacts] }) }),
  toState: ({ merge }) => decoded<Alias>(AliasState, merge),
}
