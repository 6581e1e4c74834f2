import { jetstream } from '@nats-io/jetstream'
import { headers, type NatsConnection } from '@nats-io/nats-core'
import * as E from 'fp-ts/lib/Either.js'
import type { DeadLetterOutlet } from '../../../application/ports/dead-letter-outlet.ts'
import type { DeadLetter } from '../../../application/ports/failed-events.ts'
import type { Tracing } from '../../../application/ports/tracing.ts'
import { deadLetterMessage } from './dead-letter-message.ts'
import { sendTraced } from './send-traced.ts'

/** The server's default (reliability 5.1), until it has said its own. */
const DEFAULT_MAX_PAYLOAD = 1_048_576
/** Letters in flight at a time: a letter may be as large as the broker allows. */
const WINDOW = 32
const TEMPLATE = 'v1.dlq.{company_id}'

/** Publishes into the DLQ stream and waits until the broker has stored each. Any refusal is Unavailable: letters stay in PostgreSQL. */
export const natsDeadLetterOutlet = (connection: NatsConnection, tracing: Tracing): DeadLetterOutlet => {
  const js = jetstream(connection)
  const publish = async (letter: DeadLetter): Promise<void> => {
    const { subject, body, id, originalId } = deadLetterMessage(letter, connection.info?.max_payload ?? DEFAULT_MAX_PAYLOAD)
    const extra = headers()
    extra.set('Original-Nats-Msg-Id', originalId)
    const parent = letter.headers['traceparent']?.[0]
    await sendTraced(tracing, { subject, template: TEMPLATE, parent }, extra,
      () => js.publish(subject, body, { msgID: id, headers: extra }))
  }
  return {
    publish: (letters) => async () => {
      try {
        for (let i = 0; i < letters.length; i += WINDOW) await Promise.all(letters.slice(i, i + WINDOW).map(publish))
        return E.right(undefined)
      } catch (cause) {
        return E.left({ type: 'Unavailable', cause: cause instanceof Error ? cause : new Error('publish failed') })
      }
    },
  }
}
