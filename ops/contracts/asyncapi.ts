import { eventKinds, eventNames, type EventKind, type EventName } from '../../adapters/inbound/nats/subjects.ts'
import { HISTORY } from '../../domain/clock.ts'
import { DeadLetter } from '../../schemas/outbound/v1/dead-letter.ts'
import { inboundSchemas, payloadOf } from './inbound.ts'
import { schemaOf } from './json-schema.ts'
import { samplesOf } from './samples.ts'

/** An AsyncAPI 3 document (https://www.asyncapi.com/docs/reference/specification/v3.0.0), one file that stands alone. */

const DEAD_LETTERS = 'v1.dlq'

const COMPANY = {
  description: 'The company, one subject token: 1 to 48 letters, digits, hyphens and underscores. It decides whose event it is.',
  examples: ['ACME01'],
}

const INFO = {
  title: 'Daisi WA Events', version: '1',
  description: 'WhatsApp events of many companies, published into NATS JetStream. The acknowledgement of a publish says that the event is '
    + 'stored; it is applied once, whatever is delivered again. What cannot be applied is kept and copied to '
    + `\`${DEAD_LETTERS}.<company>\`. Within v1 only optional fields are added; a breaking change, or one event more, gets the next prefix.`,
  license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
}

const HEADERS = {
  type: 'object',
  properties: {
    'Nats-Msg-Id': { type: 'string', maxLength: 255, pattern: '^[^\\u0000-\\u001f\\u007f]*$',
      description: 'Makes a publisher\'s retry within the stream\'s duplicate window no second event.' },
    traceparent: { type: 'string', description: 'W3C trace context.' },
  },
}

const DEAD_LETTER_HEADERS = {
  type: 'object',
  properties: {
    'Nats-Msg-Id': { type: 'string', description: 'The same for the same letter.' },
    'Original-Nats-Msg-Id': { type: 'string', description: 'Nats-Msg-Id of the event, or msg-<stream sequence>.' },
  },
}

/** `v1.messages.upsert` as `v1MessagesUpsert`: keys of AsyncAPI have no dots. */
const keyOf = (subject: string): string => subject.replace(/\.(\w)/g, (_, letter: string) => letter.toUpperCase())

const streamOf = (event: EventName): string => {
  const { rank }: EventKind = eventKinds[event]
  return rank === HISTORY ? 'wa_history_events_stream' : 'wa_events_stream'
}

const channelOf = (subject: string, description: string): object => ({
  address: `${subject}.{company_id}`, description, parameters: { company_id: COMPANY },
  messages: { [keyOf(subject)]: { $ref: `#/components/messages/${keyOf(subject)}` } },
})

const operationOf = (action: 'receive' | 'send', subject: string, summary: string): object => ({
  action, summary, channel: { $ref: `#/channels/${keyOf(subject)}` },
  messages: [{ $ref: `#/channels/${keyOf(subject)}/messages/${keyOf(subject)}` }],
})

const messageOf = (event: EventName): object => ({
  name: event, contentType: 'application/json', headers: HEADERS,
  payload: { $ref: `#/components/schemas/${payloadOf(event).name}` },
  examples: samplesOf(event).slice(0, 1).map(({ about, wire }) => ({ name: about, payload: wire })),
})

const DEAD_LETTER_MESSAGE = {
  name: DEAD_LETTERS, contentType: 'application/json', headers: DEAD_LETTER_HEADERS, payload: { $ref: '#/components/schemas/DeadLetter' },
}

const byEvent = (make: (event: EventName) => object): Readonly<Record<string, object>> =>
  Object.fromEntries(eventNames.map((event) => [keyOf(event), make(event)]))

/** The schema of the dead letters that the service publishes. */
export const deadLetterSchema = () => ({ title: 'DeadLetter', ...schemaOf(DeadLetter, ({ name }) => {
  throw new TypeError(`a dead letter refers to nothing outside itself, yet to ${name}`)
}) })

export const asyncApi = (): object => ({
  asyncapi: '3.0.0', info: INFO, defaultContentType: 'application/json',
  channels: {
    ...byEvent((event) => channelOf(event, `Stored in stream ${streamOf(event)}.`)),
    [keyOf(DEAD_LETTERS)]: channelOf(DEAD_LETTERS, 'Stored in stream dlq_stream. Of events whose subject names no valid company: '
      + `${DEAD_LETTERS}.invalid.company.`),
  },
  operations: {
    ...byEvent((event) => operationOf('receive', event, `The service applies ${event}.`)),
    [keyOf(DEAD_LETTERS)]: operationOf('send', DEAD_LETTERS, 'The service tells what it could not apply.'),
  },
  components: {
    messages: { ...byEvent(messageOf), [keyOf(DEAD_LETTERS)]: DEAD_LETTER_MESSAGE },
    schemas: { ...Object.fromEntries(inboundSchemas((name) => `#/components/schemas/${name}`)), DeadLetter: deadLetterSchema() },
  },
})
