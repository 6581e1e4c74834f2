import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Place } from '../../../application/ports/finder-page.ts'
import type { CompanyId } from '../../../domain/company.ts'
import { refusal } from './refusals.ts'

/** Cursors of one list: the field it belongs to, what narrows it to one parent, and its order. */
export interface Cursors {
  readonly encode: (list: string, place: Place) => string
  /** Throws `BAD_CURSOR` for whatever `encode` did not make for this company and list. */
  readonly decode: (list: string, cursor: string) => Place
}

/** HMAC-SHA-256 cut to half, as RFC 2104 section 5 allows. */
const SIGNATURE_BYTES = 16
/** Ids have at most 255 characters (bad inputs E55). */
const MOST_CHARS = 4_096

const badCursor = (): Error => refusal('BAD_CURSOR', 'This is not a cursor of this list. Start again without one.')

const toPlace = (text: string): Place => {
  const [at, id] = JSON.parse(text) as [number, string]
  return { at, id }
}

/** Opaque, exact and signed: bound to company, list and order, so that none can be made up or carried elsewhere (design 7). */
export const cursorsOf = (secret: string, companyId: CompanyId): Cursors => {
  const sign = (list: string, place: string): Buffer =>
    createHmac('sha256', secret).update(JSON.stringify([companyId, list, place])).digest().subarray(0, SIGNATURE_BYTES)
  return {
    encode: (list, { at, id }) => {
      const place = JSON.stringify([at, id])
      return Buffer.concat([sign(list, place), Buffer.from(place)]).toString('base64url')
    },
    decode: (list, cursor) => {
      if (cursor.length > MOST_CHARS) throw badCursor()
      const bytes = Buffer.from(cursor, 'base64url')
      if (bytes.toString('base64url') !== cursor) throw badCursor()
      const signature = bytes.subarray(0, SIGNATURE_BYTES)
      const place = bytes.subarray(SIGNATURE_BYTES).toString()
      if (signature.length !== SIGNATURE_BYTES || !timingSafeEqual(signature, sign(list, place))) throw badCursor()
      return toPlace(place)
    },
  }
}
