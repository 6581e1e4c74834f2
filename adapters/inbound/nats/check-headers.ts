import type { ReasonCode } from '../../../schemas/inbound/reason-code.ts'
import type { Delivery } from './delivery.ts'

// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const CONTROL = /[\u0000-\u001f\u007f]/

/** Headers that change what the body means, or that could not be stored (bad inputs E15, E87); all others are ignored. */
export const checkHeaders = (headers: Delivery['headers']): ReasonCode | undefined => {
  if (Object.keys(headers).some((name) => name.toLowerCase() === 'content-encoding')) return 'invalid_utf8'
  return headers['Nats-Msg-Id']?.some((id) => CONTROL.test(id)) === true ? 'invalid_header' : undefined
}
