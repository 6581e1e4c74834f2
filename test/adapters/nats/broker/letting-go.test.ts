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
import { freshStreams } from '../../../support/fresh-streams.ts'

const DURABLE = durableOf('acme' as CompanyId, REALTIME)
const EVENTS = 500

describe('a company that is let go', () => {
  it('leaves nothing on its way: else it would come to the next owner only after the ack wait', async () => {
    const { connection, jsm, close } = await freshStreams()
    await publisher(connection)('v1.messages.upsert.acme', ...Array.from({ length: EVENTS }, (_, i) => aMessageBody(`m${i}`)))
    const taken: Incoming[] = []
    let stopped: Promise<void> | undefined
    const consuming = consumeCompany({
      connection, jsm, turns: atMost(1), limits: () => ({ maxPending: EVENTS, ackWaitSeconds: 60 }),
      onIncoming: (incoming) => {
        taken.push(incoming)
        stopped ??= consuming.stop()
      },
      onTrouble: () => undefined, stuckAfterMs: 60_000, isHeldBack: () => false, onMended: () => undefined,
    }, DURABLE, 0)
    await eventually('the first has come', () => stopped !== undefined)
    await stopped
    const { num_ack_pending: delivered } = await jsm.consumers.info(DURABLE.stream, DURABLE.name)
    expect(taken).to.have.length(delivered).and.length.above(1)
    await close()
  })
})
