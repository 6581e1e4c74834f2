import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Place } from '../../../application/ports/finder-page.ts'
import { refusal } from './errors.ts'

const MAC_BYTES = 16
/** Longer ones cannot be ours: an id has at most 255 characters (bad inputs E55). */
const MOST_CHARACTERS = 2_048

export interface CursorBox {
  /** Opaque; says where a row stands in the order `scope`. */
  readonly seal: (scope: string, place: Place) => string
  /** Throws `BAD_CURSOR` for anything that `seal` has not made for this company and scope. */
  readonly open: (scope: string, cursor: string) => Place
}

const isPlace = (value: unknown): value is readonly [number, string] =>
  Array.isArray(value) && value.length === 2 && typeof value[0] === 'number' && typeof value[1] === 'string'

/** Cursors are signed and bound to company, field and order, so that none can be made up or carried elsewhere (design 7). */
export const cursorBox = (secret: string, companyId: string): CursorBox => {
  const mac = (scope: string, payload: Buffer): Buffer =>
    createHmac('sha256', secret).update(`${companyId}\n${scope}\n`).update(payload).digest().subarray(0, MAC_BYTES)
  const bad = () => refusal('BAD_CURSOR', 'The cursor is not one of this list.')
  return {
    seal: (scope, { at, id }) => {
      const payload = Buffer.from(JSON.stringify([at, id]))
      return Buffer.concat([mac(scope, payload), payload]).toString('base64url')
    },
    open: (scope, cursor) => {
      if (cursor.length > MOST_CHARACTERS) throw bad()
      const bytes = Buffer.from(cursor, 'base64url')
      const payload = bytes.subarray(MAC_BYTES)
      if (bytes.length <= MAC_BYTES || !timingSafeEqual(bytes.subarray(0, MAC_BYTES), mac(scope, payload))) throw bad()
      const place: unknown = JSON.parse(payload.toString('utf8'))
      if (!isPlace(place)) throw bad()
      return { at: place[0], id: place[1] }
    },
  }
}
