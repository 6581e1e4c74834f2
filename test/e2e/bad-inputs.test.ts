import { expect } from 'chai'
import { sql } from 'kysely'
import { BAD_EVENTS } from '../support/bad-inputs/events.ts'
import type { BadInput } from '../support/bad-inputs/row.ts'
import { eventually } from '../support/eventually.ts'
import { openBroker, type Broker } from '../support/broker.ts'
import { withDatabase } from '../support/with-database.ts'
import { startService, type ServiceProcess } from '../support/service-process.ts'
import { untilSettled } from '../support/settled.ts'

const COMPANY = 'ACME01'
const START_WITHIN_MS = 120_000
const SETTLE_WITHIN_MS = 120_000

interface FailedRow {
  readonly stream: string
  readonly sequence: string
  readonly item: number
  readonly reason: string
  readonly pointer: string
  readonly body: Buffer
}

interface Published {
  readonly row: BadInput
  readonly stream: string
  readonly sequences: ReadonlyArray<number>
  readonly body: Uint8Array
  readonly neighbours: readonly [string, string]
}

const goodMessage = (messageId: string): string =>
  JSON.stringify({ message_id: messageId, chat_id: 'good-chat', jid: 'x@s.whatsapp.net', flow: 'OUT', message_text: 'good',
    message_timestamp: 1_750_650_042 })

const uniqueOf = (row: BadInput): string => row.id.replace(/[ab]$/, '').slice(0, 11)

/** Each row between two good messages: neighbours must not feel it. */
const publishRow = async (broker: Broker, row: BadInput): Promise<Published> => {
  const neighbours = [`good-${row.id}-before`, `good-${row.id}-after`] as const
  const stream = row.subject.startsWith('v1.history') ? 'wa_history_events_stream' : 'wa_events_stream'
  const body = row.body(uniqueOf(row), COMPANY)
  await broker.publish(`v1.messages.upsert.${COMPANY}`, goodMessage(neighbours[0]))
  const sequences: number[] = []
  if (row.expected.outcome === 'refused_by_broker') {
    expect(await broker.publish(`${row.subject}.${COMPANY}`, body).then(() => 'stored', () => 'refused'), row.id).to.equal('refused')
  } else for (let i = 0; i < (row.times ?? 1); i += 1) sequences.push(await broker.publish(`${row.subject}.${COMPANY}`, body))
  await broker.publish(`v1.messages.upsert.${COMPANY}`, goodMessage(neighbours[1]))
  return { row, stream, sequences, body, neighbours }
}

describe('bad inputs through the real pipeline', () => {
  const database = withDatabase()
  let broker: Broker
  let ingest: ServiceProcess
  let published: ReadonlyArray<Published>
  let failed: ReadonlyArray<FailedRow>

  before(async function () {
    this.timeout(START_WITHIN_MS + SETTLE_WITHIN_MS)
    broker = await openBroker()
    ingest = await startService('ingest', { NATS_URL: broker.url, DATABASE_URL: database().url })
    const rows: Published[] = []
    for (const row of BAD_EVENTS) rows.push(await publishRow(broker, row))
    published = rows
    await untilSettled(broker.jsm, 2, SETTLE_WITHIN_MS)
    const { rows: stored } = await sql<FailedRow>`select stream, sequence, item, reason, pointer, body from daisi.failed_events`
      .execute(database().orm.em.fork().getKysely<unknown>())
    failed = stored
  })

  after(async function () {
    this.timeout(START_WITHIN_MS)
    await ingest.end('SIGTERM')
    await broker.close()
  })

  const failuresOf = ({ stream, sequences }: Published): ReadonlyArray<FailedRow> =>
    failed.filter((row) => row.stream === stream && sequences.includes(Number(row.sequence)))

  for (const { id, what, expected } of BAD_EVENTS) {
    it(`${id}: ${what} → ${expected.outcome}${'reason' in expected ? ` ${expected.reason}` : ''}`, () => {
      const one = published.find(({ row }) => row.id === id)
      if (one === undefined) throw new Error(`${id} was not published`)
      const failures = failuresOf(one)
      switch (expected.outcome) {
        case 'applied': case 'noop': case 'refused_by_broker': return expect(failures.map(({ reason }) => reason)).to.deep.equal([])
        case 'dead_letter':
          expect(failures.map(({ reason, item }) => ({ reason,
            item }))).to.deep.equal(one.sequences.map(() => ({ reason: expected.reason, item: -1 })))
          if (expected.pointer !== undefined) expect(failures.map(({ pointer }) => pointer)).to.deep.equal(one.sequences.map(() =>
            expected.pointer))
          return expect(failures.every(({ body }) => Buffer.compare(body, one.body) === 0), 'raw bytes kept').to.equal(true)
        case 'partial':
          expect([...new Set(failures.map(({ reason }) => reason))]).to.deep.equal([expected.reason])
          return expect(failures.map(({ item }) => item).sort((a,
            b) => a - b)).to.deep.equal(one.sequences.flatMap(() => [...expected.badItems]))
      }
    })
  }

  it('applies every neighbour of a bad event', async () => {
    const neighbours = published.flatMap((one) => [...one.neighbours])
    const { rows } = await sql<{ readonly message_id: string }>`select message_id from daisi.messages
      where message_id = any(${neighbours}::text[])`.execute(database().orm.em.fork().getKysely<unknown>())
    expect(rows).to.have.length(neighbours.length)
  })

  it('keeps running, and says nothing of what the bodies held', () => {
    expect(ingest.isRunning()).to.equal(true)
    expect(ingest.log()).not.to.match(/unhandled|6281299|good-chat/i)
  })

  it('copies every dead letter to the stream of dead letters', async () => {
    const { rows: [count] } = await sql<{ readonly n: number }>`select count(*)::int as n from daisi.failed_events where status in ('dead', 'exhausted')`
      .execute(database().orm.em.fork().getKysely<unknown>())
    expect(count?.n).to.be.greaterThan(50)
    await eventually('every dead letter copied', async () =>
      (await broker.jsm.streams.info('dlq_stream')).state.messages === count?.n, SETTLE_WITHIN_MS)
  }).timeout(SETTLE_WITHIN_MS)
})
