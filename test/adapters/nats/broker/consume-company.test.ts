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

describe('a company that is consumed', () => {
  let streams: FreshStreams
  const consumed = (onIncoming: (incoming: Incoming) => void, maxPending = EVENTS) => consumeCompany({
    connection: streams.connection, jsm: streams.jsm, turns: atMost(1), onIncoming, onTrouble: () => undefined, onMended: () => undefined,
    limits: () => ({ maxPending, ackWaitSeconds: ACK_WAIT_SECONDS }), isHeldBack: () => false, stuckAfterMs: 60_000,
  }, DURABLE, 0)
  const publishAll = () =>
    publisher(streams.connection)('v1.messages.upsert.acme', ...Array.from({ length: EVENTS }, (_, i) => aMessageBody(`m${i}`)))
  beforeEach(async () => { streams = await freshStreams() })
  afterEach(() => streams.close())

  it('has no more in hand than it may, and is not asked for more with every few', async () => {
    await publishAll()
    const [most, inHand] = [20, new Set<Incoming>()]
    let [pulls, mostInHand, settled] = [0, 0, 0]
    const asked = streams.connection.subscribe('$JS.API.CONSUMER.MSG.NEXT.>', { callback: () => { pulls += 1 } })
    const { stop } = consumed((incoming) => {
      inHand.add(incoming)
      mostInHand = Math.max(mostInHand, inHand.size)
      setImmediate(() => {
        incoming.ack()
        inHand.delete(incoming)
        settled += 1
      })
    }, most)
    await eventually('all are settled', () => settled === EVENTS)
    await stop()
    asked.unsubscribe()
    expect(mostInHand).to.be.within(2, most)
    expect(pulls, `pulls for ${EVENTS} events`).to.be.within(1, 10)
  })

  it('leaves nothing on its way when it is let go: the next owner has the rest at once, not after the ack wait', async () => {
    await publishAll()
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
