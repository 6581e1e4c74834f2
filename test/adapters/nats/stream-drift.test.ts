import { DiscardPolicy, RetentionPolicy, StorageType, type StreamConfig } from '@nats-io/jetstream'
import { expect } from 'chai'
import { driftOf, NANOS_PER_DAY } from '../../../adapters/inbound/nats/stream-drift.ts'

const MINUTE = 60_000_000_000
const WANTED = { name: 'S', subjects: ['a.*', 'b.*'], max_age: 30 * NANOS_PER_DAY }
const OURS = { ...WANTED, retention: RetentionPolicy.Limits, storage: StorageType.File, discard: DiscardPolicy.Old,
  max_bytes: -1, max_msgs: -1, max_msgs_per_subject: -1, duplicate_window: 2 * MINUTE, sealed: false, allow_rollup_hdrs: false,
  discard_new_per_subject: false,
} as unknown as StreamConfig

const ROWS: ReadonlyArray<readonly [title: string, actual: object, change: string, endangers: boolean]> = [
  ['interest retention', { retention: 'interest' }, 'set retention to limits', true],
  ['workqueue retention', { retention: 'workqueue' }, 'nats stream rm S', true],
  ['memory storage', { storage: 'memory' }, 'nats stream rm S', true],
  ['asynchronous persistence', { persist_mode: 'async' }, 'nats stream rm S', true],
  ['a limit of bytes that drops the oldest', { max_bytes: 1_000 }, 'nats stream edit S --discard new', true],
  ['a limit of messages that drops the oldest', { max_msgs: 1_000 }, 'nats stream edit S --discard new', true],
  ['a limit per subject that drops the oldest', { max_msgs_per_subject: 5, discard: 'new' },
    'nats stream edit S --discard-per-subject', true],
  ['a short age', { max_age: NANOS_PER_DAY }, 'nats stream edit S --max-age 30d', false],
  ['a missing subject', { subjects: ['a.*', 'x.>'] }, 'nats stream edit S --subjects "a.*,x.>,b.*"', true],
  ['a sealed stream', { sealed: true }, 'nats stream rm S', true],
  ['no answer to publishers', { no_ack: true }, 'nats stream edit S --ack', true],
  ['a short duplicate window', { duplicate_window: MINUTE }, 'nats stream edit S --dupe-window 2m', false],
  ['roll-ups', { allow_rollup_hdrs: true }, 'nats stream edit S --no-allow-rollup', true],
  ['message TTLs', { allow_msg_ttl: true }, 'nats stream rm S', true],
]

describe('drift of a stream', () => {
  for (const [title, actual, change, endangers] of ROWS) it(`tells ${title}, and the command that changes it`, () => {
    const drift = driftOf(WANTED, { ...OURS, ...actual })
    expect(drift.map((one) => one.endangers)).to.deep.equal([endangers])
    expect(drift[0]?.what).to.match(/^stream S /)
    expect(drift[0]?.change).to.contain(change)
  })

  for (const [title, actual] of Object.entries({ 'our own': {},
    'more subjects': { subjects: ['a.*', 'b.*', 'c.*'] }, 'no age': { max_age: 0 },
    'a longer age': { max_age: 90 * NANOS_PER_DAY }, 'a limit that refuses': { max_bytes: 1_000, discard: DiscardPolicy.New },
    'a quota per subject that refuses': { max_msgs_per_subject: 5, discard: DiscardPolicy.New, discard_new_per_subject: true } }))
    it(`finds none in ${title}`, () => { expect(driftOf(WANTED, { ...OURS, ...actual })).to.deep.equal([]) })
})
