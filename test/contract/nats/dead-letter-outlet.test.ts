import { expect } from 'chai'
import { noTracing } from '../../../application/ports/tracing.ts'
import { natsDeadLetterOutlet } from '../../../adapters/outbound/nats/dead-letter-outlet.ts'
import { DLQ_STREAM } from '../../../adapters/inbound/nats/streams.ts'
import type { CompanyId } from '../../../domain/company.ts'
import { aDeadLetter } from '../../support/a-dead-letter.ts'
import { freshStreams, type FreshStreams } from '../../support/fresh-streams.ts'
import { describeDeadLetterOutlet } from '../dead-letter-outlet.contract.ts'

let streams: FreshStreams | undefined

const open = async (): Promise<FreshStreams> => {
  await streams?.close()
  streams = await freshStreams()
  return streams
}
after(() => streams?.close())

const letters = async ({ jsm }: FreshStreams) => {
  const { state: { messages } } = await jsm.streams.info(DLQ_STREAM)
  return Promise.all(Array.from({ length: messages }, async (_, i) => {
    const message = await jsm.streams.getMessage(DLQ_STREAM, { seq: i + 1 })
    if (message === null) throw new Error('a gap')
    const { subject, header } = message
    return { subject, id: header.get('Original-Nats-Msg-Id'), text: message.string(), body: message.json<Record<string, unknown>>() }
  }))
}

describeDeadLetterOutlet('nats', async () => {
  const fresh = await open()
  const published = async () => (await letters(fresh)).map(({ body }) => Number(body['source_sequence']))
  return { outlet: natsDeadLetterOutlet(fresh.connection, noTracing), published }
})

describe('a dead letter on the wire', () => {
  const acme = 'acme' as CompanyId
  it('has the contract’s form, and its payload character by character', async () => {
    const fresh = await open()
    const body = new TextEncoder().encode('{ "n": 12345678901234567890, "n": 1.10 }')
    await natsDeadLetterOutlet(fresh.connection, noTracing).publish([aDeadLetter(acme, { body })])()
    const [letter] = await letters(fresh)
    expect(letter).to.include({ subject: 'v1.dlq.acme', id: 'x1' })
    expect(letter?.text).to.contain('"original_payload":{ "n": 12345678901234567890, "n": 1.10 }}')
    expect(letter?.body).to.include({
      source_subject: 'v1.messages.upsert.acme', company: 'acme', error_type: 'fatal', retry_count: 1, source_stream: 'REALTIME' })
  })
  it('refers to a body that is too large for the broker', async () => {
    const fresh = await open()
    const body = new TextEncoder().encode(JSON.stringify({ text: 'x'.repeat(1_048_500) }))
    await natsDeadLetterOutlet(fresh.connection, noTracing).publish([aDeadLetter(acme, { body })])()
    expect((await letters(fresh))[0]?.body).to.include({ original_payload_omitted: true, source_sequence: 1 })
      .and.not.to.have.property('original_payload')
  })
})
