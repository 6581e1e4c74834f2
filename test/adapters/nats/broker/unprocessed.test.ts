import { connect } from '@nats-io/transport-node'
import { expect } from 'chai'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { memoryAcknowledgedPositions } from '../../../../adapters/outbound/memory/acknowledged-positions.ts'
import type { CompanyId } from '../../../../domain/company.ts'
import { aMessageBody } from '../../../support/a-delivery.ts'
import { anIngest, publisher } from '../../../support/an-ingest.ts'
import { eventually } from '../../../support/eventually.ts'
import { freshStreams } from '../../../support/fresh-streams.ts'
import { rightOf } from '../../../support/right-of.ts'

const [ACME, BETA] = ['acme', 'beta'] as [CompanyId, CompanyId]
const SUBJECT = 'v1.messages.upsert.acme'
const WAIT_MS = 20_000
const refusing = () => TE.left({ type: 'Unavailable' as const, cause: new Error('refused') })

describe('the age of what is not processed', function () {
  this.timeout(2 * WAIT_MS)
  let streams: Awaited<ReturnType<typeof freshStreams>>
  before(async () => { streams = await freshStreams() })
  after(() => streams.close())

  it('is that of the oldest event in hand while the store is down, then nothing; the company is told it too', async () => {
    let isDown = true
    const before = Date.now()
    const { ingest, positions, stop } = await anIngest(streams.connection,
      { handle: (batch) => (isDown ? refusing() : TE.right(batch.map(() => 1))) })
    await publisher(streams.connection)(SUBJECT, aMessageBody('m1'), aMessageBody('m2'))
    await eventually('they are held', () => ingest.backlog().events.realtime === 2, WAIT_MS)
    expect(ingest.backlog().oldest.realtime).to.be.within(before, Date.now())
    expect(ingest.backlog()).to.deep.include({ companies: { consumed: 1, suspended: 0, unlisted: 0 } })
    await eventually('it is saved', () => positions.unprocessed(ACME).length === 1, WAIT_MS)
    expect(positions.unprocessed(ACME)[0]?.since).to.equal(ingest.backlog().oldest.realtime)
    isDown = false
    await eventually('all is settled', () => ingest.backlog().oldest.realtime === undefined, WAIT_MS)
    await eventually('that is saved', () => positions.unprocessed(ACME).length === 0, WAIT_MS)
    await stop()
  })

  it('counts what a dead process held, and companies that nobody is to consume', async () => {
    const dying = await connect({ servers: process.env['TEST_NATS_URL'] ?? '' })
    const held = await anIngest(dying, { handle: refusing })
    const before = Date.now()
    await publisher(streams.connection)(SUBJECT, aMessageBody('m3'))
    await eventually('it is held', () => held.ingest.backlog().events.realtime === 1, WAIT_MS)
    await dying.close()
    const next = await anIngest(streams.connection, { companyIds: [ACME] })
    await publisher(streams.connection)('v1.messages.upsert.other', aMessageBody('m1'))
    await publisher(streams.connection)(SUBJECT, aMessageBody('m4'))
    await eventually('the newer one is settled', () => next.applied().has('m4'), WAIT_MS)
    await eventually('the older one is seen at the broker', () => next.ingest.backlog().oldest.realtime !== undefined, WAIT_MS)
    expect(next.ingest.backlog().events.realtime).to.equal(0)
    expect(next.ingest.backlog().oldest.realtime).to.be.within(before, Date.now())
    await eventually('the other company is seen', () => next.ingest.backlog().companies.unlisted === 1, WAIT_MS)
    await next.stop()
    await held.stop().catch(() => undefined)
  })

  it('is told again where it could not be saved, and by who takes over', async () => {
    let [isDown, isAway, refusals] = [true, false, 0]
    const positions = memoryAcknowledgedPositions()
    const { ingest, stop } = await anIngest(streams.connection, { companyIds: [BETA],
      handle: (batch) => (isDown ? refusing() : TE.right(batch.map(() => 1))),
      positions: { ...positions, save: (reached) => {
        if (!isAway) return positions.save(reached)
        refusals += 1
        return refusing()
      } },
    })
    await publisher(streams.connection)('v1.messages.upsert.beta', aMessageBody('m1'))
    await eventually('it is saved', () => positions.unprocessed(BETA).length === 1, WAIT_MS)
    isAway = true
    isDown = false
    await eventually('all is settled', () => ingest.backlog().oldest.realtime === undefined, WAIT_MS)
    const refused = refusals
    await eventually('that is refused', () => refusals > refused, WAIT_MS)
    isAway = false
    await eventually('that is saved', () => positions.unprocessed(BETA).length === 0, WAIT_MS)
    await stop()
    const [settled = expect.fail('nothing is remembered')] = await rightOf(positions.of([BETA]))
    await rightOf(positions.save([{ ...settled, unprocessedSince: 1 }]))
    const next = await anIngest(streams.connection, { companyIds: [BETA], positions })
    await eventually('who takes over knows better', () => positions.unprocessed(BETA).length === 0, WAIT_MS)
    await next.stop()
  })
})
