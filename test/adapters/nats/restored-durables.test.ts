import type { JetStreamManager } from '@nats-io/jetstream'
import { expect } from 'chai'
import { surveyAhead } from '../../../adapters/inbound/nats/restored-durables.ts'
import { REALTIME_STREAM } from '../../../adapters/inbound/nats/streams.ts'
import type { CompanyId } from '../../../domain/company.ts'

const [ACME, TWO] = ['acme', '2_b'] as [CompanyId, CompanyId]

/** A broker whose realtime stream ends at 10 and has durables of these names, each given all of it. */
const aBroker = (names: ReadonlyArray<string>): JetStreamManager => ({
  streams: { info: () => Promise.resolve({ state: { first_seq: 1, last_seq: 10, first_ts: new Date(0).toISOString() } }) },
  consumers: { list: async function* (stream: string) {
    if (stream === REALTIME_STREAM) for (const name of names) yield await Promise.resolve({ name, delivered: { stream_seq: 10 } })
  } },
}) as unknown as JetStreamManager

const surveyed = async (names: ReadonlyArray<string>, positions: Parameters<typeof surveyAhead>[1]) =>
  (await surveyAhead(aBroker(names), positions)).find(({ stream }) => stream === REALTIME_STREAM)

describe('durables after a restore', () => {
  it('are ahead where they were given more than is stored, those of later versions too', async () => {
    const found = await surveyed(['daisi_ingest_acme', 'daisi_ingest2_acme', 'daisi_ingest_2_b', 'daisi_storage'], [
      { companyId: ACME, stream: REALTIME_STREAM, sequence: 10 }, { companyId: ACME, stream: `${REALTIME_STREAM}#2`, sequence: 9 },
      { companyId: TWO, stream: REALTIME_STREAM, sequence: 9 }])
    expect(found?.durables).to.deep.equal(['daisi_ingest2_acme', 'daisi_ingest_2_b'])
  })
  it('have positions beyond the end of a stream that is another one now', async () => {
    const found = await surveyed([], [{ companyId: ACME, stream: REALTIME_STREAM, sequence: 10 },
      { companyId: TWO, stream: `${REALTIME_STREAM}#2`, sequence: 11 }])
    expect(found?.beyond).to.deep.equal([TWO])
  })
})
