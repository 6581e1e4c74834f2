import type { Observation } from '../../domain/clock.ts'
import type { MessageCommand, MessageFields, MessageId } from '../../domain/message/message.ts'

export const messageId = 'm1' as MessageId

type Record = Extract<MessageCommand, { readonly type: 'RecordMessage' }>
type Update = Extract<MessageCommand, { readonly type: 'UpdateMessage' }>

/** A customer's message; `more` adds or replaces what it says. */
export const aMessage = (
  seen: Observation, more: Partial<MessageFields> = {}, rest: Partial<Pick<Record, 'status' | 'campaign'>> = {},
): Record => ({
  type: 'RecordMessage', messageId, seen, ...rest,
  fields: { chatId: 'c1', jid: '62812@s.whatsapp.net', flow: 'IN', agentId: 'a1', fromPhone: '62812', text: 'hello', ...more },
})

export const aMessageUpdate = (seen: Observation, more: Partial<Pick<Update, 'fields' | 'status' | 'deleted'>> = {}): Update =>
  ({ type: 'UpdateMessage', messageId, seen, fields: {}, deleted: false, ...more })
