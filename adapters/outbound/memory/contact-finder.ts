import * as TE from 'fp-ts/lib/TaskEither.js'
import { personKey, type ContactConditions, type ContactFinder, type FoundContact } from '../../../application/ports/contact-finder.ts'
import type { Contact } from '../../../domain/contact/contact.ts'
import { shownContact } from '../../../domain/contact/shown.ts'
import { meets, pageOf } from './finder-pages.ts'
import { keyedBy, viewsOf, type ReadableStore, type Visible } from './finder-rows.ts'

const MS_PER_SECOND = 1_000

const utcDay = (seconds: number): string => new Date(seconds * MS_PER_SECOND).toISOString().slice(0, 10)

const toView = (contactId: string, row: Contact): FoundContact | undefined => {
  if (row.kind !== 'known') return undefined
  const { dob, firstMessageTimestamp, ...shown } = shownContact(row.heard)
  return { contactId, ...shown, ...(dob === undefined ? {} : { dob: utcDay(dob) }),
    ...(firstMessageTimestamp === undefined ? {} : { firstMessageAt: firstMessageTimestamp }) }
}

const meeting = ({ agentId, assignedTo, type, status }: ContactConditions) => (contact: FoundContact): boolean =>
  meets(agentId, contact.agentId) && meets(assignedTo, contact.assignedTo) && meets(type, contact.type) && meets(status, contact.status)

const keyOfPerson = ({ agentId = '', phoneNumber = '' }: FoundContact): string => personKey({ agentId, phoneNumber })

export const foundContacts = (store: ReadableStore, visible: Visible): ReadonlyArray<FoundContact> =>
  viewsOf(store, 'contact_card', visible, toView)

export const memoryContactFinder = (store: ReadableStore, visible: Visible): ContactFinder => {
  const found = (): ReadonlyArray<FoundContact> => foundContacts(store, visible)
  return {
    page: (request, conditions) => TE.fromIO(() => pageOf(found().filter(meeting(conditions)),
      ({ firstMessageAt, contactId }) => ({ at: firstMessageAt ?? 0, id: contactId }), request)),
    byIds: (contactIds) => TE.fromIO(() => keyedBy(found(), ({ contactId }) => contactId, contactIds)),
    byPersons: (persons) => TE.fromIO(() => keyedBy(found(), keyOfPerson, persons.map(personKey))),
  }
}
