import { AckPolicy, DeliverPolicy, type ConsumerInfo } from '@nats-io/jetstream'
import { filterOf, filtersOf, NANOS_PER_SECOND, unreadBy, type CompanyDurable } from './company-durable.ts'
import type { Drift } from './stream-drift.ts'

interface Rule {
  readonly differs: (actual: ConsumerInfo, durable: CompanyDurable, ackWaitSeconds: number) => boolean
  /** Goes on after "durable <name>". */
  readonly what: (actual: ConsumerInfo, ackWaitSeconds: number) => string
  readonly change: (durable: CompanyDurable, ackWaitSeconds: number) => string
  readonly endangers: boolean
}

/**
 * It has passed over events that it should have delivered, and its position counts them as settled: both have to go. Ingest
 * makes it again from the beginning; what is applied already changes nothing.
 */
const fromTheBeginning = ({ companyId, stream, name, place }: CompanyDurable): string =>
  `stop ingest; nats consumer rm ${stream} ${name} -f; delete from daisi.acknowledged_positions where company_id = '${companyId}'`
  + ` and stream = '${place}'; start ingest`

const isFilteredBy = (actual: ConsumerInfo, filter: string): boolean => filtersOf(actual).join() === filter

const edit = (flags: string) => ({ stream, name }: CompanyDurable): string => `nats consumer edit ${stream} ${name} ${flags}`

/** What we begin with: all, or behind the position that PostgreSQL remembers. */
const OWN_STARTS: ReadonlyArray<DeliverPolicy> = [DeliverPolicy.All, DeliverPolicy.StartSequence]

const RULES: ReadonlyArray<Rule> = [
  { differs: (actual, durable) => unreadBy(actual, durable).length > 0, endangers: true,
    what: () => 'is filtered by other subjects than its company publishes: the events of the others never come', change: fromTheBeginning },
  { differs: (actual, durable) => unreadBy(actual, durable).length === 0 && !isFilteredBy(actual, filterOf(durable)), endangers: false,
    what: () => 'has a filter of many subjects, as earlier releases made it: the broker searches longer for each event',
    change: ({ stream, name }) => `nats consumer rm ${stream} ${name} -f: ingest makes it anew from where it was` },
  { differs: ({ config }) => config.ack_policy !== AckPolicy.Explicit, endangers: true,
    what: ({ config }) => `has ack policy ${config.ack_policy}; explicit is expected: events count as settled that are not`,
    change: fromTheBeginning },
  { differs: ({ config }) => !OWN_STARTS.includes(config.deliver_policy), endangers: true,
    what: ({ config }) => `began with deliver policy ${config.deliver_policy}: it passed over older events`, change: fromTheBeginning },
  { differs: ({ config: { max_deliver: most } }) => (most ?? -1) > 0, endangers: true,
    what: ({ config }) => `gives an event up after ${config.max_deliver} deliveries, and says nothing`, change: edit('--max-deliver=-1') },
  { differs: ({ config: { headers_only: without } }) => without === true, endangers: true,
    what: () => 'delivers headers without bodies', change: edit('--no-headers-only') },
  { differs: ({ paused }) => paused === true, endangers: true, what: () => 'is paused: it delivers nothing',
    change: ({ stream, name }) => `nats consumer resume ${stream} ${name}` },
  { differs: ({ config: { ack_wait: wait } }, _, seconds) => wait !== seconds * NANOS_PER_SECOND, endangers: false,
    what: ({ config: { ack_wait: wait } }, seconds) =>
      `waits ${(wait ?? 0) / NANOS_PER_SECOND} s for an acknowledgement; DAISI_ACK_WAIT_SECONDS is ${seconds}`,
    change: (durable, seconds) => edit(`--wait ${seconds}s`)(durable) },
]

/** How a durable differs from what this release makes; said, never rewritten (design 4). */
export const durableDrift = (durable: CompanyDurable, actual: ConsumerInfo, ackWaitSeconds: number): ReadonlyArray<Drift> =>
  RULES.filter(({ differs }) => differs(actual, durable, ackWaitSeconds)).map(({ what, change, endangers }) =>
    ({ what: `durable ${durable.name} ${what(actual, ackWaitSeconds)}`, change: change(durable, ackWaitSeconds), endangers }))
