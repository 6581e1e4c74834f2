import { DiscardPolicy, RetentionPolicy, StorageType, type StreamConfig } from '@nats-io/jetstream'

/** What an operator's stream or durable does otherwise than we would have made it; said, never rewritten (design 4). */
export interface Drift {
  /** In words, without what to do. */
  readonly what: string
  /** The command that changes it. */
  readonly change: string
  /** Events can be lost because of it, or never reach us. */
  readonly endangers: boolean
  /** Events that publishers were told are stored are lost in daily use: ingest does not start on it (bad inputs C6). */
  readonly refused?: boolean
}

export const NANOS_PER_DAY = 86_400_000_000_000
const NANOS_PER_MINUTE = 60_000_000_000
/** The server's default, and the least that covers a publisher's own retries (reliability 5.1). */
const LEAST_DUPLICATE_MINUTES = 2

/** How we make a stream (contract 1.2). */
export type WantedStream = Pick<StreamConfig, 'name' | 'subjects' | 'max_age'>

interface Rule {
  readonly differs: (actual: StreamConfig, wanted: WantedStream) => boolean
  /** Goes on after "stream <name>". */
  readonly what: (actual: StreamConfig, wanted: WantedStream) => string
  readonly change: (actual: StreamConfig, wanted: WantedStream) => string
  readonly endangers: boolean
  readonly refused?: true
}

/** For what a server lets nobody change: ingest makes a missing stream again within seconds. */
const makeAnew = ({ name }: StreamConfig): string => `when nothing in it waits any more: nats stream rm ${name} (ingest makes it anew)`

const edit = (flags: string) => ({ name }: StreamConfig): string => `nats stream edit ${name} ${flags}`

const missingSubjects = (actual: StreamConfig, { subjects }: WantedStream): ReadonlyArray<string> =>
  subjects.filter((subject) => !actual.subjects.includes(subject))

const days = (nanos: number): string => `${Math.floor((nanos / NANOS_PER_DAY) * 10) / 10} days`

const isLimited = ({ max_bytes, max_msgs }: StreamConfig): boolean => max_bytes > 0 || max_msgs > 0

/** What is kept and what is thrown away (reliability M1–M10). */
const KEEPING: ReadonlyArray<Rule> = [
  { differs: ({ retention }) => retention === RetentionPolicy.Interest, endangers: true, refused: true,
    what: () => 'has interest retention: it throws away what no durable waits for yet; limits is expected',
    change: ({ name }) => `nats stream edit ${name} --interactive, and set retention to limits` },
  { differs: ({ retention }) => retention === RetentionPolicy.Workqueue, endangers: true, refused: true,
    what: () => 'has workqueue retention; limits is expected', change: makeAnew },
  { differs: ({ storage }) => storage !== StorageType.File, endangers: true, refused: true,
    what: () => 'is kept in memory: a restart of the broker loses it; file is expected', change: makeAnew },
  { differs: ({ persist_mode: mode }) => (mode as string | undefined) === 'async', endangers: true, refused: true,
    what: () => 'has persist_mode async: what publishers were told is stored is not on disk yet', change: makeAnew },
  { differs: (actual) => isLimited(actual) && actual.discard !== DiscardPolicy.New, endangers: true,
    what: () => 'throws away its oldest events when it is full, also those not processed yet; discard new is expected',
    change: edit('--discard new') },
  { differs: ({ max_msgs_per_subject: most, discard_new_per_subject: refuses }) => most > 0 && !refuses, endangers: true,
    what: () => 'throws away the oldest events of a subject, also those not processed yet', change: edit('--discard-per-subject') },
  { differs: ({ max_age: age }, wanted) => age > 0 && age < wanted.max_age, endangers: false,
    what: ({ max_age: age }, wanted) => `keeps events for ${days(age)} only; ${days(wanted.max_age)} are expected`,
    change: ({ name }, wanted) => `nats stream edit ${name} --max-age ${wanted.max_age / NANOS_PER_DAY}d` },
]

/** What publishers can do (bad inputs E82, E89). */
const TAKING: ReadonlyArray<Rule> = [
  { differs: (actual, wanted) => missingSubjects(actual, wanted).length > 0, endangers: true,
    what: (actual, wanted) => `lacks subject ${missingSubjects(actual, wanted).join(', ')}: what is published there is refused`,
    change: (actual, wanted) =>
      `nats stream edit ${actual.name} --subjects "${[...actual.subjects, ...missingSubjects(actual, wanted)].join(',')}"` },
  { differs: ({ sealed }) => sealed, endangers: true, what: () => 'is sealed: it takes no events', change: makeAnew },
  { differs: ({ no_ack: silent }) => silent === true, endangers: true,
    what: () => 'does not tell publishers that an event is stored', change: edit('--ack') },
  { differs: ({ duplicate_window: window }) => window < LEAST_DUPLICATE_MINUTES * NANOS_PER_MINUTE, endangers: false,
    what: () => `remembers message ids for less than ${LEAST_DUPLICATE_MINUTES} minutes: a publisher's retry may count twice`,
    change: edit(`--dupe-window ${LEAST_DUPLICATE_MINUTES}m`) },
  { differs: ({ allow_rollup_hdrs: allowed }) => allowed, endangers: true,
    what: () => 'allows roll-ups: a publisher\'s header deletes the earlier events', change: edit('--no-allow-rollup') },
  { differs: ({ allow_msg_ttl: allowed }) => allowed === true, endangers: true,
    what: () => 'allows message TTLs: a publisher\'s header makes an event disappear before it is processed', change: makeAnew },
]

const RULES: ReadonlyArray<Rule> = [...KEEPING, ...TAKING]

export const driftOf = (wanted: WantedStream, actual: StreamConfig): ReadonlyArray<Drift> =>
  RULES.filter(({ differs }) => differs(actual, wanted)).map(({ what, change, endangers, refused = false }) =>
    ({ what: `stream ${wanted.name} ${what(actual, wanted)}`, change: change(actual, wanted), endangers, refused }))
