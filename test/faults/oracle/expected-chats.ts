import { clockAt, comparePlaces, first, given, groupBy, last, saidOf, text, time, type Clock, type Said } from './clock.ts'
import type { Json, Observation } from './observation.ts'
import type { Row, Rows } from './rows.ts'

const isUpsert = ({ kind }: Observation): boolean => kind === 'v1.chats.upsert'
const isUpdate = ({ kind }: Observation): boolean => kind === 'v1.chats.update'

const idOf = ({ payload }: Observation): string => text(payload['chat_id']) ?? text(payload['id']) ?? ''

const conversationOf = ({ payload }: Observation): number | undefined => time(payload['conversation_timestamp'])
const chatClock = (event: Observation): Clock => clockAt(event, conversationOf(event))

const countOf = ({ payload }: Observation): number => Math.max(0, Number(payload['unread_count'] ?? 0))
const raises = (event: Observation): boolean => isUpdate(event) && countOf(event) === 1

/** The last absolute count and the increments stored after it; event times do not matter (design 5). */
const unreadOf = (events: ReadonlyArray<Observation>): number => {
  const inOrder = [...events].sort(comparePlaces)
  const set = inOrder.findLastIndex((event) => !raises(event))
  const base = inOrder[set]
  return (base === undefined ? 0 : countOf(base)) + inOrder.length - 1 - set
}

const chatRow = (upserts: ReadonlyArray<Observation>, all: ReadonlyArray<Observation>): Row => {
  const said = (events: ReadonlyArray<Observation>, name: string): ReadonlyArray<Said<Json>> =>
    saidOf(events, chatClock, ({ payload }) => given(payload[name]))
  const preserved = (name: string): Json | undefined => first(said(upserts, name))?.value
  const changing = (events: ReadonlyArray<Observation>, name: string): Json | undefined => last(said(events, name))?.value
  const conversation = last(saidOf(all, chatClock, conversationOf))
  return {
    jid: preserved('jid'), is_group: preserved('is_group') ?? false, not_spam: preserved('not_spam') ?? false,
    agent_id: preserved('agent_id'), phone_number: preserved('phone_number'), push_name: changing(upserts, 'push_name'),
    group_name: changing(upserts, 'group_name'), custom_name: changing(upserts, 'custom_name'),
    assigned_to: changing(upserts, 'assigned_to'), last_message: changing(all, 'last_message'),
    conversation_timestamp: conversation?.value, conversation_at: conversation?.clock.at,
    unread_count: unreadOf(all),
  }
}

/** The latest message of each chat by (sent at, id). */
const lastMessages = (messages: Rows): ReadonlyMap<string, { readonly id: string; readonly sentAt: number }> => {
  const latest = new Map<string, { readonly id: string; readonly sentAt: number }>()
  for (const [key, row] of messages) {
    const [company = '', id = ''] = key.split(' ')
    const chat = `${company} ${String(row['chat_id'])}`
    const [known, sentAt] = [latest.get(chat), Number(row['sent_at'])]
    if (known === undefined || sentAt > known.sentAt || (sentAt === known.sentAt && id > known.id)) latest.set(chat, { id, sentAt })
  }
  return latest
}

/** Rows of opened chats; keys of those of which only updates are known. */
export const expectedChats = (
  observations: ReadonlyArray<Observation>, messages: Rows,
): { readonly rows: Rows; readonly early: ReadonlySet<string> } => {
  const rows = new Map<string, Row>()
  const early = new Set<string>()
  const latest = lastMessages(messages)
  const events = observations.filter((event) => isUpsert(event) || isUpdate(event))
  for (const [key, all] of groupBy(events, (event) => `${event.company} ${idOf(event)}`)) {
    const upserts = all.filter(isUpsert)
    if (upserts.length === 0) early.add(key)
    else {
      const [row, message] = [chatRow(upserts, all), latest.get(key)]
      rows.set(key, { ...row, last_message_id: message?.id, last_message_at: message?.sentAt,
        last_activity_at: Math.max(0, Number(row['conversation_at'] ?? 0), message?.sentAt ?? 0) })
    }
  }
  return { rows, early }
}
