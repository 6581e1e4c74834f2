import type * as t from 'io-ts'
import { ItemList } from '../item-list.ts'
import { optional, payload, required } from '../payload.ts'
import { Identifier } from '../scalars.ts'

/** `v1.history.contacts` (contract 4.10): items are ContactUpserted. `[]` is a batch without work; no list at all is refused (E95). */
export const HistoryContacts = payload('HistoryContacts', {
  items: required('contacts', ItemList),
  companyId: optional('company_id', Identifier),
})

export type HistoryContacts = t.TypeOf<typeof HistoryContacts>
