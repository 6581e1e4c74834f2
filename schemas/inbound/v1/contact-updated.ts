import type * as t from 'io-ts'
import { clearable, given, optional, payload } from '../payload.ts'
import { Identifier, oneOf, Text } from '../scalars.ts'
import { BirthdaySeconds } from '../timestamps.ts'

const lackingKey = (key: { readonly id?: string; readonly phoneNumber?: string; readonly agentId?: string }): string | undefined => {
  if (key.id !== undefined) return undefined
  if (key.phoneNumber === undefined) return 'phone_number'
  return key.agentId === undefined ? 'agent_id' : undefined
}

/** `v1.contacts.update` (contract 4.6, D10): found by phone number and agent, or by `id` alone. Null clears where it is kept. */
export const ContactUpdated = payload('ContactUpdated', {
  id: optional('id', Identifier),
  phoneNumber: optional('phone_number', Identifier),
  agentId: optional('agent_id', Identifier),
  companyId: optional('company_id', Identifier),
  pushName: optional('push_name', Text),
  customName: clearable('custom_name', Text),
  notes: clearable('notes', Text),
  /** Comma list. */
  tags: clearable('tags', Text),
  avatar: clearable('avatar', Text),
  assignedTo: clearable('assigned_to', Text),
  pob: clearable('pob', Text),
  /** Unix seconds, negative before 1970. */
  dob: clearable('dob', BirthdaySeconds),
  gender: clearable('gender', oneOf(['MALE', 'FEMALE'], true)),
  /** Null restores ACTIVE. */
  status: clearable('status', oneOf(['ACTIVE', 'DISABLED'], true)),
}, { lacks: lackingKey, schema: { anyOf: [given('id'), given('phone_number', 'agent_id')] } })

export type ContactUpdated = t.TypeOf<typeof ContactUpdated>
