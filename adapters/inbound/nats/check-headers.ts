import { createHash } from 'node:crypto'
import type { ReasonCode } from '../../../schemas/inbound/reason-code.ts'
import type { Delivery } from './delivery.ts'

const CONTROL = /[\u0000-\u001f\u007f]/

const MAX_ID_CHARS = 255

type Headers = Delivery['headers']

/** First value, whatever the case of the name: clients spell headers as they like; '' where there is none. */
export const headerOf = (headers: Headers, wanted: string): string => {
  for (const name in headers) if (name.toLowerCase() === wanted) return headers[name]?.[0]?.trim() ?? ''
  return ''
}

/** `Nats-Msg-Id`, else `msg-<sequence>` (contract 1.4); one of more than 255 characters as its SHA-256 (bad inputs E87). */
export const messageIdOf = ({ headers, sequence }: Pick<Delivery, 'headers' | 'sequence'>): string => {
  const id = headerOf(headers, 'nats-msg-id')
  if (id === '') return `msg-${sequence}`
  return id.length <= MAX_ID_CHARS ? id : `sha256:${createHash('sha256').update(id).digest('hex')}`
}

/** Headers that change what the body means, or that could not be stored (bad inputs E15, E87); all others are ignored. */
export const checkHeaders = (headers: Headers): ReasonCode | undefined => {
  const encoding = headerOf(headers, 'content-encoding').toLowerCase()
  if (encoding !== '' && encoding !== 'identity') return 'invalid_utf8'
  return CONTROL.test(headerOf(headers, 'nats-msg-id')) ? 'invalid_header' : undefined
}
