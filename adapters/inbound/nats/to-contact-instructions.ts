import type { Instruction } from '../../../application/aggregates.ts'
import type { AliasId } from '../../../domain/contact/alias.ts'
import type { ContactFields, ContactId } from '../../../domain/contact/contact.ts'
import type { FirstMessage } from '../../../domain/onboarding/onboarding.ts'
import type { EpochSeconds } from '../../../domain/time.ts'
import type { ContactUpdated } from '../../../schemas/inbound/v1/contact-updated.ts'
import type { ContactUpserted } from '../../../schemas/inbound/v1/contact-upserted.ts'
import type { EventContext } from './event-context.ts'
import { present } from './present.ts'

const toFirstMessage = (messageId: string | undefined, timestamp: number | undefined): FirstMessage | undefined =>
  (messageId === undefined || timestamp === undefined ? undefined : { messageId, timestamp: timestamp as EpochSeconds })

/** An id of the publisher's own is an alias of ours (ADR 0008). */
const naming = (id: string | undefined, contactId: ContactId, { companyId, cause }: EventContext): ReadonlyArray<Instruction> => {
  if (id === undefined || id === contactId) return []
  const aliasId = id as AliasId
  return [{ kind: 'alias', companyId, id: aliasId, cause, command: { type: 'NameContact', aliasId, contactId } }]
}

export const toContactRecorded = (payload: ContactUpserted, context: EventContext): ReadonlyArray<Instruction> => {
  const { id, companyId: _, firstMessageId, firstMessageTimestamp, dob, ...fields } = payload
  const contactId = context.contactIdOf(context.companyId, payload.agentId, payload.phoneNumber)
  const first = toFirstMessage(firstMessageId, firstMessageTimestamp)
  return [
    { kind: 'contact', companyId: context.companyId, id: contactId, cause: context.cause, command: {
      type: 'RecordContact', contactId, seen: context.seen,
      fields: present<ContactFields>({ ...fields, dob: dob as EpochSeconds | undefined }),
      ...(first === undefined ? {} : { first }) } },
    ...naming(id, contactId, context),
  ]
}

const UUID_V5 = /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

const updating = (contactId: ContactId, fields: Partial<ContactFields>, { companyId, seen, cause }: EventContext): Instruction =>
  ({ kind: 'contact', companyId, id: contactId, cause, command: { type: 'UpdateContact', contactId, seen, fields } })

/** By phone and agent, else by id: an alias, or, where it has the form of ours, perhaps the contact's own. */
export const toContactUpdated = (payload: ContactUpdated, context: EventContext): ReadonlyArray<Instruction> => {
  const { id, phoneNumber, agentId, companyId: _, dob, ...rest } = payload
  const fields = present<ContactFields>({ ...rest, dob: dob as EpochSeconds | null | undefined })
  if (phoneNumber !== undefined && agentId !== undefined)
    return [updating(context.contactIdOf(context.companyId, agentId, phoneNumber), fields, context)]
  if (id === undefined) return []
  const aliasId = id as AliasId
  return [
    { kind: 'alias', companyId: context.companyId, id: aliasId, cause: context.cause,
      command: { type: 'UpdateByAlias', aliasId, seen: context.seen, fields } },
    ...(UUID_V5.test(id) ? [updating(id as ContactId, fields, context)] : []),
  ]
}
