import { jetstream } from '@nats-io/jetstream'
import { headers, type NatsConnection } from '@nats-io/nats-core'
import * as E from 'fp-ts/lib/Either.js'
import { deadLetterBody } from '../../../application/ports/dead-letter-body.ts'
import type { DeadLetterOutlet } from '../../../application/ports/dead-letter-outlet.ts'
import { NOBODY, type DeadLetter } from '../../../application/ports/failed-events.ts'

/** Subject token for letters that belong to no company; `*` is not one (contract 1.1). */
const NOBODYS_TOKEN = '_'

/** Room for the wrapper's own fields beside the body. */
const HEAD_ROOM_BYTES = 4_096

const textOf = (body: Uint8Array): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    return undefined
  }
}

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/**
 * The contract's DLQ message (6.1). The body goes in as it was, character by character; one that is not JSON as base64;
 * one too large for the broker not at all: stream and sequence lead to it, and PostgreSQL holds the bytes (bad inputs E94).
 */
const messageOf = (letter: DeadLetter, mostBytes: number): string => {
  const wrapper = JSON.stringify(deadLetterBody(letter)).slice(0, -1)
  const text = textOf(letter.body)
  const original = text !== undefined && isJson(text) ? `,"original_payload":${text}}` : `,"original_payload_base64":"${Buffer.from(letter.body).toString('base64')}"}`
  return Buffer.byteLength(wrapper) + Buffer.byteLength(original) + HEAD_ROOM_BYTES > mostBytes ? `${wrapper}}` : wrapper + original
}

/** The same letter always has the same id: publishing again within the broker's window makes no second copy. */
const idOf = ({ stream, sequence, item, attempts }: DeadLetter): string => `dlq-${stream}-${sequence}-${item ?? 'all'}-${attempts}`

export const natsDeadLetterOutlet = (connection: NatsConnection): DeadLetterOutlet => {
  const js = jetstream(connection)
  const publish = async (letter: DeadLetter): Promise<void> => {
    const { companyId, stream, sequence } = letter
    const extra = headers()
    extra.set('Original-Nats-Msg-Id', letter.headers['Nats-Msg-Id']?.[0] ?? `msg-${sequence}`)
    extra.set('Original-Stream', stream)
    await js.publish(`v1.dlq.${companyId === NOBODY ? NOBODYS_TOKEN : companyId}`, messageOf(letter, connection.info?.max_payload ?? 1_048_576),
      { msgID: idOf(letter), headers: extra })
  }
  return {
    publish: (letters) => async () => {
      try {
        await Promise.all(letters.map(publish))
        return E.right(undefined)
      } catch (cause) {
        return E.left({ type: 'Unavailable', cause: cause instanceof Error ? cause : new Error('publish failed') })
      }
    },
  }
}
