import { clockAt, given, groupBy, last, saidOf, text } from './clock.ts'
import { expectedChats } from './expected-chats.ts'
import { expectedContacts, expectedOnboardings, foundBySync, greetingsOf } from './expected-contacts.ts'
import { expectedMessages } from './expected-messages.ts'
import type { Observation, SyncRequest, Told } from './observation.ts'
import type { Row, Rows } from './rows.ts'

/** What the tables must say. Keys are `company id`; a contact's id is `agent/phone`, an onboarding's too. */
export interface Model {
  readonly messages: Rows
  readonly chats: Rows
  readonly contacts: Rows
  readonly agents: Rows
  readonly onboardings: Rows
  readonly syncs: Rows
  readonly aliases: ReadonlySet<string>
  /** `company kind` and how many wait for their entity. */
  readonly early: Rows
  /** `company`. */
  readonly totals: Rows
}

const AGENT_FIELDS = ['qr_code', 'status', 'agent_name', 'host_name', 'version', 'phone_number'] as const

const expectedAgents = (observations: ReadonlyArray<Observation>): Rows =>
  new Map([...groupBy(observations.filter(({ kind }) => kind === 'v1.connection.update'), ({ company, payload }) =>
    `${company} ${text(payload['agent_id']) ?? ''}`)].map(([key, all]): [string, Row] =>
    [key, Object.fromEntries(AGENT_FIELDS.map((name) => [name, last(saidOf(all, (event) => clockAt(event), ({ payload }) =>
      (payload[name] === null ? null : given(payload[name]))))?.value]))]))

const expectedSyncs = (requests: ReadonlyArray<SyncRequest>): Rows =>
  new Map([...groupBy(requests, ({ company, agent }) => `${company} ${agent}`)].map(([key, all]) =>
    [key, { due_at: Math.max(...all.map(({ dueAt }) => dueAt)) }]))

const companyOf = (key: string): string => key.slice(0, key.indexOf(' '))

const earlyRows = (kinds: Readonly<Record<string, ReadonlySet<string>>>): Rows =>
  new Map(Object.entries(kinds).flatMap(([kind, keys]) => [...groupBy([...keys], companyOf)].map(([company, all]): [string, Row] =>
    [`${company} ${kind}`, { waiting: all.length }])))

const sum = (rows: ReadonlyArray<Row>, column: string): number => rows.reduce((total, row) => total + Number(row[column] ?? 0), 0)

const totalsOf = (messages: Rows, chats: Rows, contacts: Rows): Rows => {
  const companies = new Set([...messages.keys(), ...chats.keys(), ...contacts.keys()].map(companyOf))
  const of = (rows: Rows, company: string): ReadonlyArray<Row> =>
    [...rows].filter(([key]) => companyOf(key) === company).map(([, row]) => row)
  return new Map([...companies].map((company) => {
    const ofChats = of(chats, company)
    return [company, { messages: of(messages, company).length, chats: ofChats.length, contacts: of(contacts, company).length,
      unread: sum(ofChats, 'unread_count') }]
  }))
}

/** Folds all that was told by the rules of reliability 2.1 and design 5, each field on its own, in no order at all. */
export const modelOf = ({ observations, syncs }: Told): Model => {
  const messages = expectedMessages(observations)
  const chats = expectedChats(observations, messages.rows)
  const greetings = greetingsOf(observations)
  const found = foundBySync(observations, syncs)
  const contacts = expectedContacts(observations, greetings, found)
  return {
    messages: messages.rows, chats: chats.rows, contacts: contacts.rows, agents: expectedAgents(observations),
    onboardings: expectedOnboardings([...greetings, ...found]), syncs: expectedSyncs(syncs),
    aliases: contacts.aliases,
    early: earlyRows({ message: messages.early, chat: chats.early, contact: contacts.early }),
    totals: totalsOf(messages.rows, chats.rows, contacts.rows),
  }
}
