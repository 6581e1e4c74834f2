import type * as t from 'io-ts'
import { JsonObject } from '../json-text.ts'
import { nested, optional, payload, required } from '../payload.ts'
import { Flag, Identifier, oneOf, Text } from '../scalars.ts'
import { UnixSeconds } from '../timestamps.ts'
import { MessageKey } from './message-key.ts'

/** What a campaign adds to the onboarding of the sender (contract 4.3, 5.3). `tags` is a comma list. */
const Campaign = payload('Campaign', {
  isCampaign: optional('is_campaign', Flag),
  tags: optional('tags', Text),
  assignedTo: optional('assigned_to', Text),
  origin: optional('origin', Text),
})

/** `v1.messages.upsert`, and each item of `v1.history.messages` (contract 4.3). */
export const MessageUpserted = payload('MessageUpserted', {
  messageId: required('message_id', Identifier),
  chatId: required('chat_id', Identifier),
  jid: required('jid', Identifier),
  flow: required('flow', oneOf(['IN', 'OUT'], false)),
  companyId: optional('company_id', Identifier),
  agentId: optional('agent_id', Identifier),
  /** Sender and recipient; `from` and `to` are aliases (D3). */
  fromPhone: optional('from_phone', Identifier, 'from'),
  toPhone: optional('to_phone', Identifier, 'to'),
  messageType: optional('message_type', Text),
  messageText: optional('message_text', Text),
  messageUrl: optional('message_url', Text),
  messageObj: optional('message_obj', JsonObject),
  key: optional('key', MessageKey),
  status: optional('status', Text),
  /** Unix seconds. */
  messageTimestamp: optional('message_timestamp', UnixSeconds),
  campaign: optional('campaign', nested(Campaign)),
})

export type MessageUpserted = t.TypeOf<typeof MessageUpserted>
