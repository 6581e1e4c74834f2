import * as t from 'io-ts'
import { ContactFields } from './contact-event.ts'

/** State of an alias as its row carries it. */
export const AliasState = t.type({ contacts: t.array(t.string), fields: ContactFields })

export const aliasEvents = {
  AliasNamedContact: t.type({ aliasId: t.string, contactId: t.string, fields: ContactFields }),
  AliasUpdated: t.type({ aliasId: t.string, contacts: t.array(t.string), fields: ContactFields }),
}
