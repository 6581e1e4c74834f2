import type { JetStreamManager, StoredMsg } from '@nats-io/jetstream'
import { expect } from 'chai'
import { invalidCompanies } from '../../../adapters/inbound/nats/invalid-company.ts'
import type { Incoming } from '../../../adapters/inbound/nats/incoming.ts'
import { REALTIME_STREAM } from '../../../adapters/inbound/nats/streams.ts'

const INVALID = { stream: REALTIME_STREAM, createdAtMs: 0, ageMs: 1_000, subject: 'v1.messages.upsert.a$b' }

/** A stream that holds messages 1 to `last` of one subject. */
const aStream = (last: number): JetStreamManager => ({ streams: {
  getMessage: async (_: string, { seq }: { readonly seq: number }): Promise<StoredMsg | null> =>
    (seq > last ? null : { subject: INVALID.subject, seq, time: new Date(0), data: new Uint8Array() } as unknown as StoredMsg),
} }) as unknown as JetStreamManager

const reading = (last: number) => {
  const got: Incoming[] = []
  const read = invalidCompanies(aStream(last), (incoming) => { got.push(incoming) })
  return { got, sequences: () => got.map(({ delivery }) => delivery.sequence), look: () => read(INVALID) }
}

describe('messages that name no valid company', () => {
  it('are read once each', async () => {
    const { sequences, look } = reading(3)
    await look()
    await look()
    expect(sequences()).to.deep.equal([1, 2, 3])
  })
  it('are read no further while many are in hand, for nothing settles them during an outage', async () => {
    const { got, look } = reading(1_000_000)
    for (let i = 0; i < 20; i += 1) await look()
    const inHand = got.length
    expect(inHand).to.be.lessThan(1_000)
    for (const { ack } of got.slice(0, 10)) ack()
    await look()
    expect(got).to.have.length(inHand + 10)
  })
  it('are read again when they are given back, while others are in hand', async () => {
    const { got, sequences, look } = reading(3)
    await look()
    got[1]?.giveBack(0)
    await look()
    await look()
    expect(sequences()).to.deep.equal([1, 2, 3, 2])
  })
})
