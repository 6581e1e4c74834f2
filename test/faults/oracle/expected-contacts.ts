import { clockAt, compare, first, given, groupBy, last, saidOf, text, time, type Clock, type Said } from './clock.ts'
import { isMessageUpsert, messageClock } from './expected-messages.ts'
import type { Json, Observation, Payload, SyncRequest } from './observation.ts'
import type { Row, Rows } from './rows.ts'

const isUpsert = ({ kind }: Observation): boolean => kind === 'v1.contacts.upsert'
const isUpdate = ({ kind }: Observation): boolean => kind === 'v1.contacts.update'

/** A live incoming message tells of a customer (contract 5.1). */
const REALTIME = 1

interface Greeting {
  readonly company: string
  readonly agent: string
  readonly phone: string
  readonly messageId: string
  readonly timestamp: number
  readonly clock: Clock
  readonly campaign: Payload | undefined
}

const personOf = ({ company, payload }: Observation): string =>
  `${company} ${text(payload['agent_id']) ?? ''}/${text(payload['phone_number']) ?? ''}`

const cleaned = (phone: string): string => phone.replace(/@.*$/s, '').replace(/[+ ()]/g, '')

const campaignOf = ({ payload }: Observation): Payload | undefined => {
  const campaign = payload['campaign'] as Payload | null | undefined
  return campaign?.['is_campaign'] === true ? campaign : undefined
}

export const greetingsOf = (observations: ReadonlyArray<Observation>): ReadonlyArray<Greeting> => observations.flatMap((event) => {
  const { company, payload, rank } = event
  const [agent, phone] = [text(payload['agent_id']), cleaned(text(payload['from_phone']) ?? text(payload['from']) ?? '')]
  if (!isMessageUpsert(event) || rank !== REALTIME || payload['flow'] !== 'IN' || agent === undefined || phone === '') return []
  const clock = messageClock(event)
  return [{ company, agent, phone, clock, campaign: campaignOf(event), messageId: String(payload['message_id']),
    timestamp: time(payload['message_timestamp']) ?? clock.at }]
})

/** What a sync that has run logs: who wrote before, and is a contact of its agent. */
export const foundBySync = (observations: ReadonlyArray<Observation>, syncs: ReadonlyArray<SyncRequest>): ReadonlyArray<Greeting> => {
  const contacts = new Set(observations.filter(isUpsert).map(personOf))
  return greetingsOf(observations.map((event) => ({ ...event, rank: REALTIME }))).filter(({ company, agent, phone }) =>
    contacts.has(`${company} ${agent}/${phone}`) && syncs.some((sync) => sync.hasRun && sync.company === company && sync.agent === agent))
}

interface FirstMessage { readonly messageId: string; readonly timestamp: number }

const firstMessage = (messages: ReadonlyArray<FirstMessage>): FirstMessage | undefined =>
  [...messages].sort((a, b) => a.timestamp - b.timestamp || (a.messageId < b.messageId ? -1 : 1))[0]

const byPerson = (greetings: ReadonlyArray<Greeting>): ReadonlyMap<string, ReadonlyArray<Greeting>> =>
  groupBy(greetings, ({ company, agent, phone }) => `${company} ${agent}/${phone}`)

/** One row for each agent and phone that wrote, keyed by `agent/phone`. */
export const expectedOnboardings = (greetings: ReadonlyArray<Greeting>): Rows =>
  new Map([...byPerson(greetings)].map(([key, all]) => {
    const [one, message] = [all[0], firstMessage(all)]
    return [key, { agent_id: one?.agent, phone_number: one?.phone, message_id: message?.messageId, timestamp: message?.timestamp }]
  }))

/** All that is known of one contact. */
interface Sources {
  readonly upserts: ReadonlyArray<Observation>
  /** By agent and phone, or by an id that one of the upserts gave it. */
  readonly updates: ReadonlyArray<Observation>
  readonly greetings: ReadonlyArray<Greeting>
  /** What a sync says of its first message. */
  readonly found: ReadonlyArray<Greeting>
}

const CLEARABLE = ['custom_name', 'notes', 'tags', 'avatar', 'assigned_to', 'pob', 'gender', 'status'] as const

const contactClock = (event: Observation): Clock => clockAt(event)

/** Null clears in an update and is absent in an upsert (contract 4.5, 4.6). */
const changes = ({ upserts, updates }: Sources, name: string): ReadonlyArray<Said<Json>> => [
  ...saidOf(upserts, contactClock, ({ payload }) => given(payload[name])),
  ...saidOf(updates, contactClock, ({ payload }) => (payload[name] === null ? null : given(payload[name]))),
]

const broughtBy = (greetings: ReadonlyArray<Greeting>, name: string): ReadonlyArray<Said<Json>> =>
  greetings.flatMap(({ campaign, clock }) => {
    const value = given(campaign?.[name])
    return value === undefined ? [] : [{ value, clock }]
  })

const isAfter = (clock: Clock, other: Clock | undefined): boolean => other === undefined || compare(clock, other) > 0

const listed = (tags: Json | undefined): ReadonlyArray<string> =>
  (text(tags) ?? '').split(',').map((tag) => tag.trim()).filter((tag) => tag !== '')

/** Tags written, joined by those that messages brought later; each list counts at its newest telling. */
const tagsOf = (sources: Sources, origin: Said<Json> | undefined): string | undefined => {
  const written = last(changes(sources, 'tags'))
  const told = broughtBy(sources.greetings, 'tags')
  const lists = [...groupBy(told, ({ value }) => String(value)).values()].flatMap((same) => last(same) ?? [])
  const plain = sources.greetings.filter(({ campaign }) => campaign === undefined)
  const direct = first(plain.map(({ clock }) => ({ value: 'Onboarded', clock })))
  const gaveOrigin = direct !== undefined && origin !== undefined && compare(direct.clock, origin.clock) === 0
  const brought = [...lists, ...(gaveOrigin ? [direct] : [])].filter(({ clock }) => isAfter(clock, written?.clock))
    .sort((a, b) => compare(a.clock, b.clock))
  const tags = new Set([written?.value ?? undefined, ...brought.map(({ value }) => value)].flatMap(listed))
  return tags.size === 0 ? undefined : [...tags].join(',')
}

const originOf = ({ upserts, greetings }: Sources): Said<Json> | undefined => first([
  ...saidOf(upserts, contactClock, ({ payload }) => given(payload['origin'])),
  ...broughtBy(greetings, 'origin'),
  ...greetings.filter(({ campaign }) => campaign === undefined).map(({ clock }) => ({ value: 'DirectChat', clock })),
])

const firstOf = ({ upserts, greetings, found }: Sources): FirstMessage | undefined => firstMessage([...greetings, ...found,
  ...upserts.flatMap(({ payload }) => {
    const [messageId, timestamp] = [text(payload['first_message_id']), time(payload['first_message_timestamp'])]
    return messageId === undefined || timestamp === undefined ? [] : [{ messageId, timestamp }]
  })])

const utcDate = (seconds: Json | undefined): string | undefined =>
  (typeof seconds === 'number' ? new Date(seconds * 1_000).toISOString().slice(0, 10) : undefined)

const contactRow = (agent: string, phone: string, sources: Sources): Row => {
  const current = (name: string): Json | undefined => last(changes(sources, name))?.value
  const origin = originOf(sources)
  const assigned = last([...changes(sources, 'assigned_to'), ...broughtBy(sources.greetings, 'assigned_to')])
  const message = firstOf(sources)
  return {
    ...Object.fromEntries(CLEARABLE.map((name) => [name, current(name)])), agent_id: agent, phone_number: phone,
    chat_id: first(saidOf(sources.upserts, contactClock, ({ payload }) => given(payload['chat_id'])))?.value, type: current('type'),
    push_name: current('push_name'), assigned_to: assigned?.value, dob: utcDate(current('dob')), status: current('status') ?? 'ACTIVE',
    origin: origin?.value, tags: tagsOf(sources, origin), first_message_id: message?.messageId, first_message_timestamp: message?.timestamp,
  }
}

const namesPerson = ({ payload }: Observation): boolean =>
  text(payload['agent_id']) !== undefined && text(payload['phone_number']) !== undefined

export interface ExpectedContacts {
  /** By `company agent/phone`. */
  readonly rows: Rows
  /** `company agent/phone` of those of which only updates are known. */
  readonly early: ReadonlySet<string>
  /** `company alias`. */
  readonly aliases: ReadonlySet<string>
}

export const expectedContacts = (
  observations: ReadonlyArray<Observation>, greetings: ReadonlyArray<Greeting>, found: ReadonlyArray<Greeting>,
): ExpectedContacts => {
  const upserts = observations.filter(isUpsert)
  const direct = observations.filter((event) => isUpdate(event) && namesPerson(event))
  const byAlias = observations.filter((event) => isUpdate(event) && !namesPerson(event))
  const aliasOf = ({ company, payload }: Observation): string => `${company} ${text(payload['id']) ?? ''}`
  const named = upserts.filter(({ payload }) => text(payload['id']) !== undefined)
  const updatesOf = groupBy(byAlias, aliasOf)
  const aliased = groupBy(named.flatMap((upsert) =>
    (updatesOf.get(aliasOf(upsert)) ?? []).map((update) => ({ person: personOf(upsert), update }))), ({ person }) => person)
  const groups = [groupBy(upserts, personOf), groupBy(direct, personOf), byPerson(greetings)] as const
  const foundOf = byPerson(found)
  const rows = new Map<string, Row>()
  const early = new Set<string>()
  for (const person of new Set(groups.flatMap((group) => [...group.keys()]))) {
    const sources: Sources = { upserts: groups[0].get(person) ?? [], greetings: groups[2].get(person) ?? [],
      found: foundOf.get(person) ?? [],
      updates: [...groups[1].get(person) ?? [], ...new Set((aliased.get(person) ?? []).map(({ update }) => update))] }
    const [agent = '', phone = ''] = person.slice(person.indexOf(' ') + 1).split('/')
    if (sources.upserts.length + sources.greetings.length === 0) early.add(person)
    else rows.set(person, contactRow(agent, phone, sources))
  }
  return { rows, early, aliases: new Set([...named, ...byAlias].map(aliasOf)) }
}
