import { expect } from 'chai'
import type { FailedEvents } from '../../../application/ports/failed-events.ts'
import { memoryFailedEvents } from '../../../adapters/outbound/memory/failed-events.ts'
import type { CompanyId } from '../../../domain/company.ts'
import { aDelivery, aMessageBody, settling } from '../../support/a-delivery.ts'
import { aPipeline, silentProbe } from '../../support/a-pipeline.ts'
import { eventually } from '../../support/eventually.ts'

const ACME = 'acme' as CompanyId
const refusing = () => async () => { throw new Error('permission denied for table failed_events') }
const again = (sequence: number, deliveries: number) =>
  settling(aDelivery('v1.messages.upsert.acme', aMessageBody(`m${sequence}`), { sequence, deliveries }))

/** What the pipeline does when `failed_events` refuses an operation for a reason that is no outage. */
const refused = async (operation: keyof FailedEvents, deliveries: number) => {
  const failed: string[] = []
  const { work } = aPipeline({ maxItems: 10, failedEvents: { ...memoryFailedEvents(), [operation]: refusing },
    probe: { ...silentProbe, failed: (_, reason) => { failed.push(reason) } } })
  const event = again(1, deliveries)
  work.accept(event, ACME)
  await eventually('it is settled', () => event.outcome() !== 'held')
  const fresh = again(2, 1)
  work.accept(fresh, ACME)
  await eventually('a fresh one is settled', () => fresh.outcome() !== 'held')
  work.stop()
  return { failed, event: event.outcome(), fresh: fresh.outcome(), held: work.held() }
}

const gaveBackAfter = (givenBackMs: number) => ({ failed: ['failure_not_stored'], event: { givenBackMs }, fresh: 'acked', held: 0 })

describe('the pipeline, of failures that cannot be kept', () => {
  it('gives an event back whose attempt cannot be counted, and goes on with others', async () => {
    expect(await refused('begin', 3)).to.deep.equal(gaveBackAfter(4_000))
  })
  it('gives an event back whose former failure cannot be forgotten, and goes on with others', async () => {
    expect(await refused('succeeded', 2)).to.deep.equal(gaveBackAfter(2_000))
  })
})
