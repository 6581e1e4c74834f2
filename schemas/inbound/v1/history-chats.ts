import type * as t from 'io-ts'
import { ItemList } from '../item-list.ts'
import { optional, payload, required } from '../payload.ts'
import { Identifier } from '../scalars.ts'

/** `v1.history.chats` (contract 4.8): items are ChatUpserted. `[]` is a batch without work; no list at all is refused (E95). */
export const HistoryChats = payload('HistoryChats', {
  items: required('chats', ItemList),
  companyId: optional('company_id', Identifier),
})

export type HistoryChats = t.TypeOf<typeof HistoryChats>
