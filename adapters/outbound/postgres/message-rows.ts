import * as t from 'io-ts'
import type { Clock as DomainClock } from '../../../domain/clock.ts'
import type { Heard, Message, MessageFields } from '../../../domain/message/message.ts'
import { sentAtOf } from '../../../domain/message/shown.ts'
import { shownStatus } from '../../../domain/message/status.ts'
import type { Register, Registers } from '../../../domain/register.ts'
import { Clock, sameClock } from '../../../schemas/events/clock.ts'
import { Greetings, MessageHeard } from '../../../schemas/events/message-event.ts'
import { record } from '../../../schemas/events/record.ts'
import type { AggregateTable } from './aggregate-table.ts'
import { decoded } from './decoded.ts'
import { utcDate } from './utc-date.ts'

const COLUMN: { readonly [Name in keyof MessageFields]-?: string } = {
  chatId: 'chat_id', jid: 'jid', flow: 'flow', agentId: 'agent_id', fromPhone: 'from_phone', toPhone: 'to_phone', key: 'key',
  timestamp: 'message_timestamp', text: 'message_text', url: 'message_url', type: 'message_type', content: 'message_obj',
  editedContent: 'edited_message_obj',
}
type Name = keyof MessageFields

const COLUMNS = Object.entries(COLUMN) as [Name, string][]

/** What the columns do not say: clocks with the names of the fields they wrote, so that no body is stored twice. */
const Merge = record('Merge', { c: t.array(t.tuple([Clock, t.array(t.keyof(COLUMN))])), f: Clock, x: t.boolean, g: Greetings },
  { s: t.tuple([t.string, Clock]) })

/** As `Merge`, in the domain's types. */
interface MergeColumn {
  readonly c: ReadonlyArray<readonly [DomainClock, ReadonlyArray<Name>]>
  readonly f: DomainClock
  readonly x: boolean
  readonly g: Heard['greetings']
  readonly s?: readonly [word: string, clock: DomainClock]
}

type ClockGroup = [clock: Clock, names: Name[]]

/** One event's fields share its clock. */
const groupOf = (groups: ReadonlyArray<ClockGroup>, clock: Clock): ClockGroup | undefined => {
  for (const group of groups) if (group[0] === clock || sameClock(group[0], clock)) return group
  return undefined
}

const packClocks = (fields: Registers<MessageFields>): ClockGroup[] => {
  const groups: ClockGroup[] = []
  for (const [name] of COLUMNS) {
    const register = fields[name]
    if (register === undefined) continue
    const group = groupOf(groups, register.clock)
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

/** All columns, in one order: rows of one shape are read fastest. */
const valuesByColumn = (fields: Registers<MessageFields>): Record<string, unknown> => {
  const values: Record<string, unknown> = {}
  for (const [name, column] of COLUMNS) values[column] = fields[name]?.value
  return values
}

const toMerge = ({ fields, failed, greetings, status }: Heard, firstSeen: DomainClock): unknown => Merge.encode({
  c: packClocks(fields), f: firstSeen, x: failed, g: [...greetings],
  ...(status === undefined ? {} : { s: [status.word, status.clock] as [string, Clock] }),
})

const toRow = (state: Message): Readonly<Record<string, unknown>> => {
  if (state.kind !== 'recorded') throw new TypeError('only a recorded message has a row')
  const { heard, firstSeen } = state
  const row = valuesByColumn(heard.fields)
  row['status'] = shownStatus(heard.failed, heard.status)
  row['is_deleted'] = heard.deleted
  row['message_date'] = utcDate(sentAtOf(heard, firstSeen))
  row['merge'] = toMerge(heard, firstSeen)
  return row
}

const toState = (row: Readonly<Record<string, unknown>>): Message => {
  const { c, f, x, g: greetings, s } = decoded<MergeColumn>(Merge, row['merge'])
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
