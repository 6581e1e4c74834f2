import { broken, EVENT_TYPES, flowing, IMPORT, passing, type Flowing } from './event-types.ts'
import {
  FAILURE_BOUNDARIES, INGEST_BOUNDARIES, POLICY_BOUNDARIES, PROJECTOR_BOUNDARIES, REPLAY_BOUNDARIES, RETRY_BOUNDARIES, SYNC_BOUNDARIES,
  type Action, type Boundary, type Failpoint,
} from './failpoint.ts'

/** One process that fails at one boundary, and the events that make it come there. */
export interface Case {
  readonly role: 'ingest' | 'project'
  readonly failpoint: Failpoint
  readonly events: ReadonlyArray<Flowing>
}

type EventType = (typeof EVENT_TYPES)[number]
type EventsOf = (company: string, type: EventType) => ReadonlyArray<Flowing>

const alone: EventsOf = (company, { event, body }) => [flowing(company, event, body)]
const refused: EventsOf = (company, { event, body }) => [broken(company, event, body)]
const failingFirst: EventsOf = (company, { event, body }) => [passing(company, event, body)]
const imported: EventsOf = (company) => IMPORT.map(([event, body]) => flowing(company, event, body))
const onEntity: EventsOf = (company, { event, body, entity }) =>
  [...(entity === undefined ? [] : [flowing(company, ...entity)]), flowing(company, event, body)]
const withPolicy: EventsOf = (company, { event, followed }) => (followed === undefined ? [] : [
  ...followed.first.map((first) => flowing(company, ...first)), flowing(company, event, followed.body)])

interface Group {
  readonly role: Case['role']
  readonly boundaries: ReadonlyArray<Boundary>
  readonly events: EventsOf
  readonly types: ReadonlyArray<EventType>
}

const FOLLOWED = EVENT_TYPES.filter(({ followed }) => followed !== undefined)

const IMPORTING = EVENT_TYPES.filter(({ event }) => event === 'v1.history.messages')

/** Retries and replays know no types: a row of a table each, of which two kinds are enough. */
const FAILING = EVENT_TYPES.filter(({ event }) => event === 'v1.messages.upsert' || event === 'v1.connection.update')

const GROUPS: ReadonlyArray<Group> = [
  { role: 'ingest', boundaries: INGEST_BOUNDARIES, events: alone, types: EVENT_TYPES },
  { role: 'ingest', boundaries: FAILURE_BOUNDARIES, events: refused, types: EVENT_TYPES },
  { role: 'ingest', boundaries: [...RETRY_BOUNDARIES, ...REPLAY_BOUNDARIES], events: failingFirst, types: FAILING },
  { role: 'ingest', boundaries: SYNC_BOUNDARIES, events: imported, types: IMPORTING },
  { role: 'ingest', boundaries: POLICY_BOUNDARIES, events: withPolicy, types: FOLLOWED },
  { role: 'project', boundaries: PROJECTOR_BOUNDARIES, events: onEntity, types: EVENT_TYPES },
]

/** A throw behind the acknowledgement would come from our own counter, not from a port. */
const canThrow = (boundary: Boundary): boolean => boundary !== 'event.acknowledged'

/** Each boundary kills each event type once; throws, and hangs and then kills, for one type each, by turns. */
const actionsOf = (boundary: Boundary, isTurn: boolean): ReadonlyArray<Action> =>
  ['kill', ...(isTurn && canThrow(boundary) ? ['throw'] as const : []), ...(isTurn ? ['hang-kill'] as const : [])]

const casesOf = ({ role, boundaries, events, types }: Group): ReadonlyArray<Case> => boundaries.flatMap((boundary, turn) =>
  types.flatMap((type, i) => actionsOf(boundary, i === turn % types.length).map((action): Case => {
    const company = `${boundary}-${type.event}-${action}`.replaceAll('.', '_').slice(0, 48)
    return { role, events: events(company, type), failpoint: { boundary, nth: 1, action, company, event: type.event } }
  })))

export const CASES: ReadonlyArray<Case> = GROUPS.flatMap(casesOf)
