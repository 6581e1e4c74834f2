import { expect } from 'chai'
import { RetentionPolicy, StorageType } from '@nats-io/jetstream'
import { DLQ_STREAM, ensureStreams, HISTORY_STREAM, REALTIME_STREAM } from '../../../../adapters/inbound/nats/streams.ts'
import { freshStreams, type FreshStreams } from '../../../support/fresh-streams.ts'

describe('the streams', () => {
  let streams: FreshStreams
  beforeEach(async () => { streams = await freshStreams() })
  afterEach(() => streams.close())

  it('are made as the contract wants them, with limits retention', async () => {
    for (const [name, count] of [[REALTIME_STREAM, 7], [HISTORY_STREAM, 3], [DLQ_STREAM, 1]] as const) {
      const { config } = await streams.jsm.streams.info(name)
      expect(config).to.include({ retention: RetentionPolicy.Limits, storage: StorageType.File })
      expect(config.subjects).to.have.length(count)
    }
    expect(await ensureStreams(streams.jsm)).to.deep.equal({ made: [], drift: [] })
  })
  it('that an operator made otherwise are reported, with the command that would change them, and left as they are', async () => {
    await streams.jsm.streams.delete(HISTORY_STREAM)
    const own = { retention: RetentionPolicy.Interest, storage: StorageType.Memory, max_bytes: 1_000 }
    await streams.jsm.streams.add({ name: HISTORY_STREAM, subjects: ['v1.history.chats.*'], ...own })
    const { made, drift } = await ensureStreams(streams.jsm)
    expect(made).to.deep.equal([])
    expect(drift).to.have.length(4)
    expect(JSON.stringify(drift)).to.contain('interest retention').and.to.contain('nats stream edit wa_history_events_stream --subjects')
    expect((await streams.jsm.streams.info(HISTORY_STREAM)).config).to.include(own)
  })
})
