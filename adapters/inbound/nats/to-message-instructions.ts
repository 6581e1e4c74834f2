import type { Instruction } from '../../../application/aggregates.ts'
import type { Campaign, MessageFields, MessageId } from '../../../domain/message/message.ts'
import type { EpochSeconds } from '../../../domain/time.ts'
import type { MessageUpdated } from '../../../schemas/inbound/v1/message-updated.ts'
import type { MessageUpserted } from '../../../schemas/inbound/v1/message-upserted.ts'
import { jsonText, type EventContext } from './event-context.ts'
import { present, type Unset } from './present.ts'

/** Only what a campaign says of itself counts (contract 5.3). */
const toCampaign = (campaign: MessageUpserted['campaign']): Campaign | undefined =>
  (campaign?.isCampaign === true
    ? present<Campaign>({ tags: campaign.tags, assignedTo: campaign.assignedTo, origin: campaign.origin })
    : undefined)

const toFields = (payload: MessageUpserted): Unset<Partial<MessageFields>> => {
  const { chatId, jid, flow, agentId, fromPhone, toPhone } = payload
  return {
    chatId, jid, flow, agentId, fromPhone, toPhone, key: jsonText(payload.key),
    timestamp: payload.messageTimestamp as EpochSeconds | undefined,
    text: payload.messageText, url: payload.messageUrl, type: payload.messageType, content: jsonText(payload.messageObj),
  }
}

export const toMessageRecorded = (payload: MessageUpserted, { companyId, seen, cause }: EventContext): ReadonlyArray<Instruction> => {
  const messageId = payload.messageId as MessageId
  const optional = present<{ status: string; campaign: Campaign }>({ status: payload.status, campaign: toCampaign(payload.campaign) })
  return [{ kind: 'message', companyId, id: messageId, cause,
    command: { type: 'RecordMessage', messageId, seen, fields: present(toFields(payload)), ...optional } }]
}

export const toMessageUpdated = (payload: MessageUpdated, { companyId, seen, cause }: EventContext): ReadonlyArray<Instruction> => {
  const messageId = payload.messageId as MessageId
  const fields = present<Pick<MessageFields, 'url' | 'editedContent'>>({
    url: payload.messageUrl, editedContent: jsonText(payload.editedMessageObj) })
  return [{ kind: 'message', companyId, id: messageId, cause, command: {
    type: 'UpdateMessage', messageId, seen, fields, deleted: payload.isDeleted === true,
    ...present<{ status: string }>({ status: payload.status }) } }]
}
