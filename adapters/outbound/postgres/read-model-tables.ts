import type { ProjectionName, ReadModels } from '../../../application/projections/read-models.ts'
import type { Chat } from '../../../domain/chat/chat.ts'
import type { Contact } from '../../../domain/contact/contact.ts'
import type { Message } from '../../../domain/message/message.ts'
import { shownMessage } from '../../../domain/message/shown.ts'
import { agentTable } from './agent-rows.ts'
import type { ColumnType, StateTable } from './aggregate-table.ts'
import { chatTable } from './chat-rows.ts'
import { contactTable } from './contact-rows.ts'
import { messageTable } from './message-rows.ts'
import { onboardingTable } from './onboarding-rows.ts'
import { renamed } from './renamed-columns.ts'

const without = (columns: Readonly<Record<string, ColumnType>>, ...names: ReadonlyArray<string>): Readonly<Record<string, ColumnType>> =>
  Object.fromEntries(Object.entries(columns).filter(([name]) => !names.includes(name)))

const message = renamed(messageTable, {
  message_type: 'type', message_text: 'text', message_url: 'media_url', message_obj: 'content', edited_message_obj: 'edited_content',
  message_timestamp: 'sent_at',
})

/** `sent_at` is the message's own time where it has one, so that it stands for `message_timestamp` too. */
const timelineRow = (state: Message): Readonly<Record<string, unknown>> => {
  if (state.kind !== 'recorded') throw new TypeError('only a recorded message has a row')
  const { sentAt, editedAt, failed } = shownMessage(state.heard, state.firstSeen)
  return { ...message.toRow(state), sent_at: sentAt, edited_at: editedAt, failed, visible: true }
}

const chat = renamed(chatTable, { last_message: 'snapshot', merge: 'state' })

/** Clamped, unlike the chat's own word: a time in the far future must not hold a chat on top for years. */
const conversationAt = (state: Chat): number | undefined =>
  (state.kind === 'opened' ? state.heard.fields.conversationTimestamp?.clock.at : undefined)

const contact = renamed(contactTable, { first_message_timestamp: 'first_message_at', merge: 'state' })

const birthOf = (state: Contact): number | null | undefined => (state.kind === 'known' ? state.heard.fields.dob?.value : undefined)

/** Rows of the read side: the write side's mapping under the readers' names, with what readers sort and filter by. */
export const readModelTables: { readonly [N in ProjectionName]: StateTable<ReadModels[N]> } = {
  message_timeline: { ...message, table: 'read.message_timeline',
    columns: { ...without(message.columns, 'message_date'), edited_at: 'bigint', failed: 'boolean', visible: 'boolean' },
    toRow: timelineRow },
  chat_overview: { ...chat, table: 'read.chat_overview',
    columns: { ...without(chat.columns, 'conversation_timestamp'), conversation_at: 'bigint', visible: 'boolean' },
    toRow: (state) => ({ ...chat.toRow(state), conversation_at: conversationAt(state), visible: true }) },
  contact_card: { ...contact, table: 'read.contact_card', id: 'contact_id', columns: { ...contact.columns, dob: 'bigint', visible: 'boolean' },
    toRow: (state) => ({ ...contact.toRow(state), dob: birthOf(state), visible: true }) },
  agent_board: { ...renamed({ ...agentTable, columns: without(agentTable.columns, 'qr_code') }, { version: 'agent_version', merge: 'state' }),
    table: 'read.agent_board' },
  onboarding_list: { ...renamed(onboardingTable, { timestamp: 'message_at' }), table: 'read.onboarding_list' },
}
