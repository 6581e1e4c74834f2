import { clockAt, compare, first, given, groupBy, last, saidOf, text, time, type Clock, type Said } from './clock.ts'
import type { Json, Observation, Payload } from './observation.ts'
import type { Row, Rows } from './rows.ts'

const RUNGS: Readonly<Record<string, number>> = { pending: 0, sent: 1, server_ack: 1, delivered: 2, delivery_ack: 2, read: 3, played: 4 }
const DELIVERED = 2
const UNKNOWN = -1

const rungOf = (word: string): number => RUNGS[word.toLowerCase()] ?? UNKNOWN
const isFailed = (word: string): boolean => word.toLowerCase() === 'failed'

export const isMessageUpsert = ({ kind }: Observation): boolean => kind === 'v1.messages.upsert'
const isMessageUpdate = ({ kind }: Observation): boolean => kind === 'v1.messages.update'

const idOf = ({ payload }: Observation): string => text(payload['message_id']) ?? text(payload['id']) ?? ''

/** An upsert's clock is its own time; an update has none. */
export const messageClock = (event: Observation): Clock =>
  clockAt(event, isMessageUpsert(event) ? time(event.payload['message_timestamp']) : undefined)

/** The highest rung, in the words of the first who said it; of unknown words the newest. */
const statusOf = (said: ReadonlyArray<Said<string>>): string | undefined => {
  const top = Math.max(UNKNOWN, ...said.map(({ value }) => rungOf(value)))
  const onTop = said.filter(({ value }) => rungOf(value) === top)
  return (top === UNKNOWN ? last(onTop) : first(onTop))?.value
}

const shownStatus = (said: ReadonlyArray<Said<string>>): { readonly status: string | undefined; readonly failed: boolean } => {
  const status = statusOf(said.filter(({ value }) => !isFailed(value)))
  const failed = said.some(({ value }) => isFailed(value)) && (status === undefined || rungOf(status) < DELIVERED)
  return { failed, status: failed ? 'failed' : status }
}

const keyOf = (payload: Payload): Json | undefined => {
  const key = payload['key'] as Payload | null | undefined
  if (key === undefined || key === null) return undefined
  return { id: key['id'] ?? '', fromMe: key['fromMe'] ?? key['from_me'] ?? false, remoteJid: key['remoteJid'] ?? key['remote_jid'] ?? '' }
}

const utcDate = (seconds: number): string => new Date(seconds * 1_000).toISOString().slice(0, 10)

const messageRow = (upserts: ReadonlyArray<Observation>, all: ReadonlyArray<Observation>): Row => {
  const said = (events: ReadonlyArray<Observation>, ...names: ReadonlyArray<string>): ReadonlyArray<Said<Json>> =>
    saidOf(events, messageClock, ({ payload }) => names.map((name) => given(payload[name])).find((value) => value !== undefined))
  const preserved = (...names: ReadonlyArray<string>): Json | undefined => first(said(upserts, ...names))?.value
  const changing = (events: ReadonlyArray<Observation>, name: string): Json | undefined => last(said(events, name))?.value
  const updates = all.filter(isMessageUpdate)
  const edit = last(said(updates, 'edited_message_obj'))
  const timestamp = first(saidOf(upserts, messageClock, ({ payload }) => time(payload['message_timestamp'])))?.value
  const firstSeen = upserts.map(messageClock).sort(compare)[0]?.at ?? 0
  const sentAt = timestamp ?? firstSeen
  const { status, failed } = shownStatus(saidOf(all, messageClock, ({ payload }) => text(payload['status'])))
  return {
    chat_id: preserved('chat_id'), jid: preserved('jid'), flow: preserved('flow'), agent_id: preserved('agent_id'),
    from_phone: preserved('from_phone', 'from'), to_phone: preserved('to_phone', 'to'),
    key: first(saidOf(upserts, messageClock, ({ payload }) => keyOf(payload)))?.value, message_timestamp: timestamp,
    message_text: changing(upserts, 'message_text'), message_type: changing(upserts, 'message_type'),
    message_obj: changing(upserts, 'message_obj'), message_url: changing(all, 'message_url'), edited_message_obj: edit?.value, status,
    is_deleted: updates.some(({ payload }) => payload['is_deleted'] === true),
    message_date: utcDate(sentAt), sent_at: sentAt, edited_at: edit?.clock.at, failed,
  }
}

/** Rows of recorded messages; keys of those of which only updates are known. */
export const expectedMessages = (
  observations: ReadonlyArray<Observation>,
): { readonly rows: Rows; readonly early: ReadonlySet<string> } => {
  const rows = new Map<string, Row>()
  const early = new Set<string>()
  const events = observations.filter((event) => isMessageUpsert(event) || isMessageUpdate(event))
  for (const [key, all] of groupBy(events, (event) => `${event.company} ${idOf(event)}`)) {
    const upserts = all.filter(isMessageUpsert)
    if (upserts.length === 0) early.add(key)
    else rows.set(key, messageRow(upserts, all))
  }
  return { rows, early }
}
