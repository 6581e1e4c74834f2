import type * as t from 'io-ts'
import { itemsOf } from '../item-list.ts'
import { optional, payload, required } from '../payload.ts'
import { Identifier } from '../scalars.ts'
import { ChatUpserted } from './chat-upserted.ts'

/** `v1.history.chats` (contract 4.8). `[]` is a batch without work; no list at all is refused (E95). */
export const HistoryChats = payload('HistoryChats', {
  items: required('chats', itemsOf(ChatUpserted)),
  companyId: optional('company_id', Identifier),
})

export type HistoryChats = t.TypeOf<typeof HistoryChats>
