import { expect } from 'chai'
import { sql } from 'kysely'
import { postgresCompanies } from '../../../adapters/outbound/postgres/companies.ts'
import { postgresFailedEvents } from '../../../adapters/outbound/postgres/failed-events.ts'
import { postgresRetryQueue } from '../../../adapters/outbound/postgres/retry-queue.ts'
import { aCompanyId } from '../../support/a-company-id.ts'
import { aFailedEvent } from '../../support/a-failed-event.ts'
import { rightOf } from '../../support/right-of.ts'
import { withDatabase } from '../../support/with-database.ts'

describe('an event that the broker was to deliver again', () => {
  const database = withDatabase()

  it('is taken over by the retry worker when that has not happened for an hour', async () => {
    const { orm } = database()
    const companyId = aCompanyId()
    await rightOf(postgresCompanies(orm).register([companyId]))
    const fate = { type: 'attempt', maxAttempts: 5, retryInSeconds: 60 } as const
    await rightOf(postgresFailedEvents(orm).record([aFailedEvent(companyId, { fate })]))
    const claim = () => rightOf(postgresRetryQueue(orm).claimDue(10, 60))
    expect(await claim()).to.deep.equal([])
    await sql`update daisi.failed_events set next_retry_at = now() - interval '61 minutes'`.execute(orm.em.fork().getKysely<unknown>())
    expect((await claim()).map((letter) => letter.companyId)).to.deep.equal([companyId])
  })
})
