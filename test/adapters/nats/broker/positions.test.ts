import { connect } from '@nats-io/transport-node'
import { expect } from 'chai'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { durableOf } from '../../../../adapters/inbound/nats/company-durable.ts'
import { REALTIME_STREAM } from '../../../../adapters/inbound/nats/streams.ts'
import type { Instruction } from '../../../../application/aggregates.ts'
import { REALTIME } from '../../../../domain/clock.ts'
import type { CompanyId } from '../../../../domain/company.ts'
import { aMessageBody } from '../../../support/a-delivery.ts'
import { inMemory } from '../../../support/a-pipeline.ts'
import { anIngest, publisher } from '../../../support/an-ingest.ts'
import { eventually } from '../../../support/eventually.ts'
import { freshStreams } from '../../../support/fresh-streams.ts'
import { rightOf } from '../../../support/right-of.ts'

const ACME = 'acme' as CompanyId
const SUBJECT = 'v1.messages.upsert.acme'

describe('the acknowledged position', () => {
  it('stays below what a dead process held, though newer events are settled and the broker forgets everything', async () => {
    const streams = await freshStreams()
    const publish = publisher(streams.connection)
    const dying = await connect({ servers: process.env['TEST_NATS_URL'] ?? '' })
    const held = await anIngest(dying, { handle: () => TE.left({ type: 'Unavailable', cause: new Error('refused') }) })
    await publish(SUBJECT, aMessageBody('m1'), aMessageBody('m2'))
    await eventually('they are held', () => !held.ingest.isPulling())
    await dying.close()
    const { options: { handle } } = inMemory()
    const seen = new Set<string>()
    const remember = (batch: ReadonlyArray<Instruction>) => {
      for (const { id } of batch) seen.add(id)
      return handle(batch)
    }
    const next = await anIngest(streams.connection, { handle: remember })
    await publish(SUBJECT, aMessageBody('m3'))
    await eventually('the newer one is applied', () => seen.has('m3'))
    expect(seen.has('m1')).to.equal(false)
    await next.stop()
    const remembered = await rightOf(next.positions.of([ACME]))
    expect(Math.max(0, ...remembered.map(({ sequence }) => sequence))).to.equal(0)
    await streams.jsm.consumers.delete(REALTIME_STREAM, durableOf(ACME, REALTIME).name)
    const last = await anIngest(streams.connection, { handle: remember, positions: next.positions })
    await eventually('what was held is applied', () => seen.has('m1') && seen.has('m2'))
    await last.stop()
    await held.stop().catch(() => undefined)
    await streams.close()
  })
})
