import type { ProjectionName, ReadModels } from '../../../application/projections/read-models.ts'
import type { Chat } from '../../../domain/chat/chat.ts'
import type { Message } from '../../../domain/message/message.ts'
import { shownMessage } from '../../../domain/message/shown.ts'
import { agentTable } from './agent-rows.ts'
import type { StateTable } from './aggregate-table.ts'
import { chatTable } from './chat-rows.ts'
import { contactTable } from './contact-rows.ts'
import { messageTable } from './message-rows.ts'
import { onboardingTable } from './onboarding-rows.ts'
import type { ReadSchema } from './read-model-schema.ts'

const { message_date: _, ...messageColumns } = messageTable.columns
const { conversation_timestamp: __, ...chatColumns } = chatTable.columns
const { qr_code: ___, ...agentColumns } = agentTable.columns

const timelineRow = (state: Message): Readonly<Record<string, unknown>> => {
  if (state.kind !== 'recorded') throw new TypeError('only a recorded message has a row')
  const { sentAt, editedAt, failed } = shownMessage(state.heard, state.firstSeen)
  return { ...messageTable.toRow(state), sent_at: sentAt, edited_at: editedAt, failed }
}

/** Clamped, unlike the chat's own word: a time in the far future must not hold a chat on top for years. */
const conversationAt = (state: Chat): number | undefined =>
  (state.kind === 'opened' ? state.heard.fields.conversationTimestamp?.clock.at : undefined)

/** Rows of the read side: the write side's columns under the same names, with what readers sort and filter by. */
const readModelTables: { readonly [N in ProjectionName]: StateTable<ReadModels[N]> } = {
  message_timeline: { ...messageTable, table: 'message_timeline',
    columns: { ...messageColumns, sent_at: 'bigint', edited_at: 'bigint', failed: 'boolean' }, toRow: timelineRow },
  chat_overview: { ...chatTable, table: 'chat_overview', columns: { ...chatColumns, conversation_at: 'bigint', visible: 'boolean' },
    toRow: (state) => ({ ...chatTable.toRow(state), visible: true, conversation_at: conversationAt(state) }) },
  contact_card: { ...contactTable, table: 'contact_card', id: 'contact_id' },
  agent_board: { ...agentTable, table: 'agent_board', columns: agentColumns },
  onboarding_list: { ...onboardingTable, table: 'onboarding_list' },
}

/** The projection's table in `schema`. */
export const readModelTable = <N extends ProjectionName>(schema: ReadSchema, name: N): StateTable<ReadModels[N]> => {
  const table: StateTable<ReadModels[N]> = readModelTables[name]
  return { ...table, table: `${schema}.${table.table}` }
}
