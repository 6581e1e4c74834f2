import { createHmac, hash, timingSafeEqual } from 'node:crypto'
import type { Place } from '../../../application/ports/finder-page.ts'
import type { CompanyId } from '../../../domain/company.ts'
import { refusal } from './refusals.ts'

/** Cursors of one list: the field it belongs to, what narrows it to one parent, and its order. */
export interface Cursors {
  readonly encode: (list: string, place: Place) => string
  /** Throws `BAD_CURSOR` for whatever `encode` did not make for this company and list. */
  readonly decode: (list: string, cursor: string) => Place
}

/** 18 bytes of the hash, more than the half that RFC 2104 section 5 asks for: as many characters without a rest. */
const SIGNATURE_CHARS = 24
/** Ids have at most 255 characters (bad inputs E55). */
const MOST_CHARS = 4_096

const badCursor = (): Error => refusal('BAD_CURSOR', 'This is not a cursor of this list. Start again without one.')

const toPlace = (text: string): Place => {
  const [at, id] = JSON.parse(text) as [number, string]
  return { at, id }
}

/**
 * A key of its own for the list, then SHA-512/256 of key and place, which nobody can extend as they could SHA-256 (FIPS 180-4,
 * section 5.3.6): a page signs as many places as it has rows, and this takes a third of what an HMAC for each took (ADR 0022).
 */
const signerOf = (secret: string, companyId: CompanyId): ((list: string, place: string) => string) => {
  const keys = new Map<string, string>()
  const keyOf = (list: string): string => {
    const key = keys.get(list) ?? createHmac('sha256', secret).update(JSON.stringify([companyId, list])).digest('base64url')
    keys.set(list, key)
    return key
  }
  return (list, place) => hash('sha512-256', keyOf(list) + place, 'base64url').slice(0, SIGNATURE_CHARS)
}

const isSame = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b)

/** Opaque, exact and signed: bound to company, list and order, so that none can be made up or carried elsewhere (design 7). */
export const cursorsOf = (secret: string, companyId: CompanyId): Cursors => {
  const sign = signerOf(secret, companyId)
  return {
    encode: (list, { at, id }) => {
      const place = JSON.stringify([at, id])
      return sign(list, place) + Buffer.from(place).toString('base64url')
    },
    decode: (list, cursor) => {
      if (cursor.length > MOST_CHARS) throw badCursor()
      const [signature, rest] = [cursor.slice(0, SIGNATURE_CHARS), cursor.slice(SIGNATURE_CHARS)]
      const place = Buffer.from(rest, 'base64url')
      const expected = Buffer.from(sign(list, place.toString()))
      if (place.toString('base64url') !== rest || !isSame(Buffer.from(signature), expected)) throw badCursor()
      return toPlace(place.toString())
    },
  }
}
