import type { Instruction } from '../../application/aggregates.ts'
import type { Observation } from '../../domain/clock.ts'
import type { CompanyId } from '../../domain/company.ts'
import type { ContactFields, ContactId } from '../../domain/contact/contact.ts'
import type { MessageFields, MessageId } from '../../domain/message/message.ts'
import type { SyncId } from '../../domain/sync/sync.ts'
import type { EpochSeconds } from '../../domain/time.ts'
import { aCause } from './a-change.ts'
import { aMessage } from './a-message.ts'
import { live } from './an-observation.ts'

const AGENT = 'a1'

/** That the contacts of an agent are to be synced at `dueAt`. */
export const aSyncRequest = (companyId: CompanyId, dueAt: EpochSeconds, agent = AGENT): Instruction =>
  ({ kind: 'sync', companyId, id: agent, cause: aCause(), command: { type: 'RequestSync', agentId: agent as SyncId, dueAt } })

/** A contact of the agent, under the id that tests give it: `<agent>/<phone>`. */
export const contactOf = (companyId: CompanyId, phoneNumber: string, agentId = AGENT, more: Partial<ContactFields> = {}): Instruction => {
  const contactId = `${agentId}/${phoneNumber}` as ContactId
  return { kind: 'contact', companyId, id: contactId, cause: aCause(),
    command: { type: 'RecordContact', contactId, seen: live(1), fields: { agentId, phoneNumber, ...more } } }
}

export interface Sent {
  readonly id: string
  readonly seen: Observation
  readonly timestamp?: EpochSeconds
  readonly fields?: Partial<MessageFields>
}

/** A message from that number to the agent. */
export const messageFrom = (companyId: CompanyId, fromPhone: string, { id, seen, timestamp, fields }: Sent): Instruction => ({
  kind: 'message', companyId, id, cause: aCause(),
  command: { ...aMessage(seen, { fromPhone, ...(timestamp === undefined ? {} : { timestamp }), ...fields }), messageId: id as MessageId },
})
