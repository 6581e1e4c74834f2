import type * as t from 'io-ts'
import { optional, payload, required } from '../payload.ts'
import { Identifier, oneOf, Text } from '../scalars.ts'
import { BirthdaySeconds, UnixSeconds } from '../timestamps.ts'

/** `v1.contacts.upsert`, and each item of `v1.history.contacts` (contract 4.5, D9; words of 7.3). */
export const ContactUpserted = payload('ContactUpserted', {
  phoneNumber: required('phone_number', Identifier),
  agentId: required('agent_id', Identifier),
  companyId: optional('company_id', Identifier),
  chatId: optional('chat_id', Identifier),
  pushName: optional('push_name', Text),
  id: optional('id', Identifier),
  type: optional('type', oneOf(['PERSONAL', 'AGENT', 'OTHER'], true)),
  customName: optional('custom_name', Text),
  notes: optional('notes', Text),
  /** Comma list. */
  tags: optional('tags', Text),
  avatar: optional('avatar', Text),
  assignedTo: optional('assigned_to', Text),
  pob: optional('pob', Text),
  /** Unix seconds, negative before 1970. */
  dob: optional('dob', BirthdaySeconds),
  gender: optional('gender', oneOf(['MALE', 'FEMALE'], true)),
  origin: optional('origin', Text),
  status: optional('status', oneOf(['ACTIVE', 'DISABLED'], true)),
  firstMessageId: optional('first_message_id', Identifier),
  /** Unix seconds. */
  firstMessageTimestamp: optional('first_message_timestamp', UnixSeconds),
})

export type ContactUpserted = t.TypeOf<typeof ContactUpserted>
