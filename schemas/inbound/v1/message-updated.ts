import type * as t from 'io-ts'
import { JsonObject } from '../json-text.ts'
import { optional, payload, required } from '../payload.ts'
import { Flag, Identifier, Text } from '../scalars.ts'

/** `v1.messages.update` (contract 4.4); `id` is an alias of `message_id` (D2). Only `isDeleted: true` has an effect. */
export const MessageUpdated = payload('MessageUpdated', {
  messageId: required('message_id', Identifier, 'id'),
  companyId: optional('company_id', Identifier),
  status: optional('status', Text),
  editedMessageObj: optional('edited_message_obj', JsonObject),
  isDeleted: optional('is_deleted', Flag),
  messageUrl: optional('message_url', Text),
})

export type MessageUpdated = t.TypeOf<typeof MessageUpdated>
