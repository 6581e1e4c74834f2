import * as t from 'io-ts'
import type { Clock as DomainClock } from '../../../domain/clock.ts'
import type { Heard, Message, MessageFields } from '../../../domain/message/message.ts'
import { shownMessage } from '../../../domain/message/shown.ts'
import type { Register, Registers } from '../../../domain/register.ts'
import { Clock, sameClock } from '../../../schemas/events/clock.ts'
import { MessageHeard } from '../../../schemas/events/message-event.ts'
import type { AggregateTable } from './aggregate-table.ts'
import { decoded } from './decoded.ts'
import { utcDate } from './utc-date.ts'

const COLUMN: { readonly [Name in keyof MessageFields]-?: string } = {
  chatId: 'chat_id', jid: 'jid', flow: 'flow', agentId: 'agent_id', fromPhone: 'from_phone', toPhone: 'to_phone', key: 'key',
  timestamp: 'message_timestamp', text: 'message_text', url: 'message_url', type: 'message_type', content: 'message_obj',
  editedContent: 'edited_message_obj',
}
type Name = keyof MessageFields

/** What the columns do not say: clocks with the names of the fields they wrote, so that no body is stored twice. */
const Merge = t.intersection([
  t.type({ c: t.array(t.tuple([Clock, t.array(t.keyof(COLUMN))])), f: Clock, x: t.boolean, g: t.UnknownArray }),
  t.partial({ s: t.tuple([t.string, Clock]) }),
])

/** As `Merge`, in the domain's types. */
interface MergeColumn {
  readonly c: ReadonlyArray<readonly [DomainClock, ReadonlyArray<Name>]>
  readonly f: DomainClock
  readonly x: boolean
  readonly g: ReadonlyArray<unknown>
  readonly s?: readonly [word: string, clock: DomainClock]
}

const packClocks = (fields: Registers<MessageFields>): [Clock, Name[]][] => {
  const groups: [Clock, Name[]][] = []
  for (const name of Object.keys(fields) as Name[]) {
    const register = fields[name]
    if (register === undefined) continue
    const group = groups.find(([clock]) => sameClock(clock, register.clock))
    if (group === undefined) groups.push([register.clock, [name]])
    else group[1].push(name)
  }
  return groups
}

const unpackFields = (groups: MergeColumn['c'], row: Readonly<Record<string, unknown>>): Registers<MessageFields> => {
  const fields: Partial<Record<Name, Register<unknown>>> = {}
  for (const [clock, names] of groups) for (const name of names) fields[name] = { value: row[COLUMN[name]], clock }
  return fields as Registers<MessageFields>
}

const NO_FIELDS = { fields: [], failed: false, deleted: false }

const valuesByColumn = (fields: Registers<MessageFields>): Readonly<Record<string, unknown>> =>
  Object.fromEntries((Object.keys(fields) as Name[]).map((name) => [COLUMN[name], fields[name]?.value]))

const toMerge = ({ fields, failed, greetings, status }: Heard, firstSeen: DomainClock): unknown => {
  const told = MessageHeard.encode({ ...NO_FIELDS, fields: {}, greetings: [...greetings] }).greetings
  const said = status === undefined ? {} : { s: [status.word, status.clock] as [string, Clock] }
  return Merge.encode({ c: packClocks(fields), f: firstSeen, x: failed, g: told, ...said })
}

const toRow = (state: Message): Readonly<Record<string, unknown>> => {
  if (state.kind !== 'recorded') throw new TypeError('only a recorded message has a row')
  const { heard, firstSeen } = state
  const { sentAt, status, isDeleted } = shownMessage(heard, firstSeen)
  return {
    ...valuesByColumn(heard.fields), status, is_deleted: isDeleted, message_date: utcDate(sentAt), merge: toMerge(heard, firstSeen),
  }
}

const toState = (row: Readonly<Record<string, unknown>>): Message => {
  const { c, f, x, g, s } = decoded<MergeColumn>(Merge, row['merge'])
  const { greetings } = decoded<Heard>(MessageHeard, { ...NO_FIELDS, greetings: g })
  const heard = { fields: unpackFields(c, row), failed: x, deleted: row['is_deleted'] === true, greetings,
    ...(s === undefined ? {} : { status: { word: s[0], clock: s[1] } }) }
  return { kind: 'recorded', heard, firstSeen: f }
}

export const messageTable: AggregateTable<'message'> = {
  table: 'daisi.messages', id: 'message_id',
  columns: {
    chat_id: 'text', jid: 'text', flow: 'text', agent_id: 'text', from_phone: 'text', to_phone: 'text', key: 'json',
    message_timestamp: 'bigint', message_text: 'text', message_url: 'text', message_type: 'text', message_obj: 'json',
    edited_message_obj: 'json', status: 'text', is_deleted: 'boolean', message_date: 'date', merge: 'jsonb',
  },
  stateColumns: [...Object.values(COLUMN), 'is_deleted', 'merge'],
  toRow,
  toState,
  early: {
    toJson: (state) =>
      (state.kind === 'unseen' ? undefined : MessageHeard.encode({ ...state.heard, greetings: [...state.heard.greetings] })),
    toState: (json) => ({ kind: 'early', heard: decoded<Heard>(MessageHeard, json) }),
  },
}
