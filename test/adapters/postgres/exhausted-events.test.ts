import { expect } from 'chai'
import { sql } from 'kysely'
import { asOperator, asOperatorOfAll } from '../../../adapters/outbound/postgres/in-role.ts'
import { postgresFailedEvents } from '../../../adapters/outbound/postgres/failed-events.ts'
import type { FailedEvent } from '../../../application/ports/failed-events.ts'
import { aCompanyId } from '../../support/a-company-id.ts'
import { aFailedEvent } from '../../support/a-failed-event.ts'
import { NOON } from '../../support/an-observation.ts'
import { rightOf } from '../../support/right-of.ts'
import { withDatabase } from '../../support/with-database.ts'

interface Row {
  readonly company_id: string
  readonly dlq_payload: Record<string, unknown>
  readonly original: string | null
  readonly last_error: string
}

describe('exhausted_events', () => {
  const database = withDatabase()

  const kept = async (more: Partial<FailedEvent>): Promise<ReadonlyArray<Row>> => {
    const failure = aFailedEvent(aCompanyId(), more)
    await rightOf(postgresFailedEvents(database().orm).record([failure]))
    return asOperator(database().orm, failure.companyId, async (tx) =>
      (await sql<Row>`select company_id, dlq_payload, original_payload::text as original, last_error from daisi.exhausted_events`.execute(tx)).rows)
  }
  const body = (text: string) => ({ body: new TextEncoder().encode(text) })

  it('holds the contract\'s DLQ message, numbers in full', async () => {
    const [row] = await kept(body('{"big": 12345678901234567890123}'))
    expect(row?.original).to.equal('{"big": 12345678901234567890123}')
    expect(row?.last_error).to.equal('missing_field: Send a message id.')
    expect(row?.dlq_payload).to.include({ company: row?.company_id, error_type: 'fatal', retry_count: 1, max_retry: 1,
      source_stream: 'REALTIME', source_sequence: 1, ts: new Date(NOON * 1_000).toISOString() })
    expect(row?.dlq_payload['original_payload']).to.be.an('object')
  })

  const awkward: Readonly<Record<string, Uint8Array>> = {
    'no JSON': new TextEncoder().encode('{"a":'), 'no UTF-8': Uint8Array.of(0xff, 0xfe), 'a NUL inside JSON': body('{"a":"\\u0000"}').body,
    'a raw NUL': body('{"a":"\0"}').body, 'a half surrogate pair': body('{"a":"\\ud83d"}').body, 'nothing': new Uint8Array(),
    'JSON of absurd depth': body('['.repeat(200_000)).body, 'a number beyond numeric': body('1e999999').body,
  }
  for (const [what, bytes] of Object.entries(awkward)) {
    it(`holds a body that is ${what} as base64`, async () => {
      const [row] = await kept({ body: bytes })
      expect(row?.original).to.equal(null)
      expect(row?.dlq_payload['original_payload_base64']).to.equal(Buffer.from(bytes).toString('base64'))
    })
  }

  it('records what it is told about an event, whatever the characters', async () => {
    expect(await kept({ pointer: '/a\0b', message: 'x\ud83d', headers: { 'X\0': ['\udc00', '\0'] } })).to.have.length(1)
  })

  it('shows an operator of one company that company only, and all to who asks for all', async () => {
    await kept({})
    expect(new Set((await kept({})).map(({ company_id }) => company_id)).size).to.equal(1)
    const all = await asOperatorOfAll(database().orm, async (tx) =>
      (await sql<{ companies: string }>`select count(distinct company_id) as companies from daisi.exhausted_events`.execute(tx)).rows)
    expect(Number(all[0]?.companies)).to.be.greaterThan(1)
  })
})
