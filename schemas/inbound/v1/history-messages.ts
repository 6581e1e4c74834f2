import type * as t from 'io-ts'
import { itemsOf } from '../item-list.ts'
import { optional, payload, required } from '../payload.ts'
import { Flag, Identifier } from '../scalars.ts'
import { MessageUpserted } from './message-upserted.ts'

/** `v1.history.messages` (contract 4.9). `[]` is a batch without work; no list at all is refused (E95). */
export const HistoryMessages = payload('HistoryMessages', {
  items: required('messages', itemsOf(MessageUpserted)),
  companyId: optional('company_id', Identifier),
  /** With an agent id: the import of this agent is complete, its contacts are to be synced (contract 5.4). */
  isLastBatch: optional('is_last_batch', Flag),
  agentId: optional('agent_id', Identifier),
})

export type HistoryMessages = t.TypeOf<typeof HistoryMessages>
