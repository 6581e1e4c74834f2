import { deadLetterBody } from '../../../application/ports/dead-letter-body.ts'
import { NOBODY, type DeadLetter } from '../../../application/ports/failed-events.ts'
import type { DeadLetterHead } from '../../../schemas/outbound/v1/dead-letter.ts'

/** Room for headers and the protocol line beside the body. */
const HEAD_ROOM_BYTES = 4_096

/** Letters that belong to no company: two tokens, which no company's subject has (contract 1.1). */
const NOBODYS_SUBJECT = 'v1.dlq.invalid.company'

export interface DeadLetterMessage {
  readonly subject: string
  readonly body: string
  /** The same letter always has the same id: publishing again within the broker's window makes no second copy. */
  readonly id: string
  readonly originalId: string
}

const textOf = (body: Uint8Array): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body)
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

const payloadOf = (body: Uint8Array): string => {
  const text = textOf(body)
  if (text !== undefined && isJson(text)) return `"original_payload":${text}`
  return `"original_payload_base64":"${Buffer.from(body).toString('base64')}"`
}

/**
 * The contract's DLQ message (6.1). The body goes in as it was, character by character; one that is not JSON as base64;
 * one too large for the broker not at all: stream and sequence lead to it, and PostgreSQL holds the bytes (bad inputs E94).
 */
const bodyOf = (letter: DeadLetter, mostBytes: number): string => {
  const said: DeadLetterHead = deadLetterBody(letter)
  const head = JSON.stringify(said).slice(0, -1)
  const whole = `${head},${payloadOf(letter.body)}}`
  return Buffer.byteLength(whole) + HEAD_ROOM_BYTES <= mostBytes ? whole : `${head},"original_payload_omitted":true}`
}

const MOST_ID_CHARS = 255
const CONTROL = /[\u0000-\u001f\u007f]/g

/** Headers are lines: an id that was refused for its control characters must not stop its own letter. */
const originalIdOf = ({ headers, sequence }: DeadLetter): string => {
  const name = Object.keys(headers).find((each) => each.toLowerCase() === 'nats-msg-id')
  const sent = name === undefined ? undefined : headers[name]?.[0]
  if (sent === undefined || sent.trim() === '') return `msg-${sequence}`
  return sent.slice(0, MOST_ID_CHARS).replace(CONTROL, '\ufffd')
}

/** What is published for a letter; `mostBytes` is the broker's `max_payload`. */
export const deadLetterMessage = (letter: DeadLetter, mostBytes: number): DeadLetterMessage => {
  const { companyId, stream, sequence, publishedAt, item, attempts } = letter
  return {
    subject: companyId === NOBODY ? NOBODYS_SUBJECT : `v1.dlq.${companyId}`, body: bodyOf(letter, mostBytes),
    id: `dlq-${stream}-${sequence}-${publishedAt}-${item ?? 'all'}-${attempts}`, originalId: originalIdOf(letter),
  }
}
