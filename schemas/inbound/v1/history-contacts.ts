import type * as t from 'io-ts'
import { itemsOf } from '../item-list.ts'
import { optional, payload, required } from '../payload.ts'
import { Identifier } from '../scalars.ts'
import { ContactUpserted } from './contact-upserted.ts'

/** `v1.history.contacts` (contract 4.10). `[]` is a batch without work; no list at all is refused (E95). */
export const HistoryContacts = payload('HistoryContacts', {
  items: required('contacts', itemsOf(ContactUpserted)),
  companyId: optional('company_id', Identifier),
})

export type HistoryContacts = t.TypeOf<typeof HistoryContacts>
