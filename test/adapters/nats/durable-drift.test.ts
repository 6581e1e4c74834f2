import type { ConsumerInfo } from '@nats-io/jetstream'
import { expect } from 'chai'
import { durableOf, filterOf, subjectsOf } from '../../../adapters/inbound/nats/company-durable.ts'
import { durableDrift } from '../../../adapters/inbound/nats/durable-drift.ts'
import { HISTORY } from '../../../domain/clock.ts'
import type { CompanyId } from '../../../domain/company.ts'

const SECOND = 1_000_000_000
const DURABLE = durableOf('acme' as CompanyId, HISTORY)
const OURS = { filter_subjects: [filterOf(DURABLE)], ack_policy: 'explicit', deliver_policy: 'all', max_deliver: -1, ack_wait: 60 * SECOND }

const driftOf = (config: object, info: object = {}) =>
  durableDrift(DURABLE, { config: { ...OURS, ...config }, ...info } as unknown as ConsumerInfo, 60)

const ROWS: ReadonlyArray<readonly [title: string, config: object, change: string, endangers: boolean]> = [
  ['a filter that lacks a subject', { filter_subjects: subjectsOf(DURABLE).slice(1) }, 'delete from daisi.acknowledged_positions', true],
  ['a single filter', { filter_subjects: undefined, filter_subject: 'v1.history.chats.acme' },
    'nats consumer rm wa_history_events_stream daisi_history_acme -f', true],
  ['a filter of all its subjects, as earlier releases made it', { filter_subjects: subjectsOf(DURABLE) },
    'nats consumer rm wa_history_events_stream daisi_history_acme -f: ingest makes it anew', false],
  ['an ack policy', { ack_policy: 'none' }, 'nats consumer rm wa_history_events_stream daisi_history_acme -f', true],
  ['a deliver policy that passes over events', { deliver_policy: 'last' }, 'daisi_history_acme', true],
  ['a limit of deliveries', { max_deliver: 5 }, 'nats consumer edit wa_history_events_stream daisi_history_acme --max-deliver=-1', true],
  ['headers without bodies', { headers_only: true }, '--no-headers-only', true],
  ['another wait for acknowledgements', { ack_wait: 5 * SECOND },
    'nats consumer edit wa_history_events_stream daisi_history_acme --wait 60s', false],
]

describe('drift of a durable', () => {
  for (const [title, config, change, endangers] of ROWS) it(`tells ${title}, and the command that changes it`, () => {
    const drift = driftOf(config)
    expect(drift.map((one) => one.endangers)).to.deep.equal([endangers])
    expect(drift[0]?.what).to.match(/^durable daisi_history_acme /)
    expect(drift[0]?.change).to.contain(change)
  })

  it('tells a pause', () => {
    expect(driftOf({}, { paused: true })[0]?.change).to.equal('nats consumer resume wa_history_events_stream daisi_history_acme')
  })

  it('finds none in our own, wherever it begins and however the broker tells its filter', () => {
    expect(driftOf({})).to.deep.equal([])
    const told = { filter_subjects: undefined, filter_subject: filterOf(DURABLE) }
    expect(driftOf({ deliver_policy: 'by_start_sequence', ...told })).to.deep.equal([])
  })
})
