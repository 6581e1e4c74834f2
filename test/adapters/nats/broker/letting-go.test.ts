import { expect } from 'chai'
import { atMost } from '../../../../adapters/inbound/nats/at-most.ts'
import { durableOf } from '../../../../adapters/inbound/nats/company-durable.ts'
import { consumeCompany } from '../../../../adapters/inbound/nats/consume-company.ts'
import type { Incoming } from '../../../../adapters/inbound/nats/incoming.ts'
import { REALTIME } from '../../../../domain/clock.ts'
import type { CompanyId } from '../../../../domain/company.ts'
import { aMessageBody } from '../../../support/a-delivery.ts'
import { publisher } from '../../../support/an-ingest.ts'
import { eventually } from '../../../support/eventually.ts'
import { freshStreams, type FreshStreams } from '../../../support/fresh-streams.ts'

const DURABLE = durableOf('acme' as CompanyId, REALTIME)
const EVENTS = 500
const ACK_WAIT_SECONDS = 60

describe('a company that is let go', () => {
  let streams: FreshStreams
  const consumed = (onIncoming: (incoming: Incoming) => void) => consumeCompany({
    connection: streams.connection, jsm: streams.jsm, turns: atMost(1), onIncoming, onTrouble: () => undefined, onMended: () => undefined,
    limits: () => ({ maxPending: EVENTS, ackWaitSeconds: ACK_WAIT_SECONDS }), isHeldBack: () => false, stuckAfterMs: 60_000,
  }, DURABLE, 0)
  beforeEach(async () => { streams = await freshStreams() })
  afterEach(() => streams.close())

  it('leaves nothing on its way: the next owner has the rest at once, not after the ack wait', async () => {
    await publisher(streams.connection)('v1.messages.upsert.acme', ...Array.from({ length: EVENTS }, (_, i) => aMessageBody(`m${i}`)))
    const taken: number[] = []
    let stopped: Promise<void> | undefined
    const first = consumed(({ delivery, ack }) => {
      taken.push(delivery.sequence)
      ack()
      stopped ??= first.stop()
    })
    await eventually('the first has come', () => stopped !== undefined)
    await stopped
    const whenStopped = taken.length
    const next = consumed(({ delivery, ack }) => {
      taken.push(delivery.sequence)
      ack()
    })
    await eventually('the next owner has the rest', () => new Set(taken).size === EVENTS)
    await next.stop()
    expect(whenStopped).to.be.above(1)
  })
})
