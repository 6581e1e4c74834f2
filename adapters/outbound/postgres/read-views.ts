import { sql } from 'kysely'

/** Null is SQL's word for absent; inside, absent is absent. */
export const toView = <View>(row: object): View => {
  const view: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(row)) if (value !== null) view[name] = value
  return view as View
}

/** Times are seconds, exact in a double; JSON stays text, so that large integers survive. */
export const chatColumns = sql`c.chat_id as "chatId", c.jid, c.is_group as "isGroup", c.unread_count as "unreadCount", c.phone_number as "phoneNumber",
  c.push_name as "pushName", c.custom_name as "customName", c.group_name as "groupName", c.not_spam as "notSpam", c.agent_id as "agentId",
  c.assigned_to as "assignedTo", c.last_message::text as snapshot, c.last_message_id as "lastMessageId", c.last_activity_at::float8 as "lastActivityAt"`

export const messageColumns = sql`m.message_id as "messageId", m.chat_id as "chatId", m.flow, m.failed, m.is_deleted as "isDeleted", m.sent_at::float8 as "sentAt",
  m.agent_id as "agentId", m.jid, m.status, m.message_type as type, m.message_text as text, m.message_url as url, m.from_phone as "fromPhone",
  m.to_phone as "toPhone", m.edited_at::float8 as "editedAt", m.edited_message_obj::text as "editedContent", m.message_obj::text as content`

export const contactColumns = sql`k.contact_id as "contactId", k.agent_id as "agentId", k.phone_number as "phoneNumber", k.status, k.chat_id as "chatId", k.type,
  k.custom_name as "customName", k.push_name as "pushName", k.notes, k.tags, k.avatar, k.assigned_to as "assignedTo", k.pob, k.dob::text as dob, k.gender,
  k.origin, k.first_message_id as "firstMessageId", k.first_message_timestamp::float8 as "firstMessageAt"`

export const agentColumns = sql`a.agent_id as "agentId", a.status, a.agent_name as name, a.host_name as "hostName", a.version, a.phone_number as "phoneNumber"`

export const onboardingColumns = sql`o.onboarding_id as "onboardingId", o.agent_id as "agentId", o.phone_number as "phoneNumber", o.message_id as "messageId",
  o."timestamp"::float8 as at`
