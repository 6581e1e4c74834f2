import * as E from 'fp-ts/lib/Either.js'
import type { InvalidPayload } from '../../../../schemas/inbound/invalid-payload.ts'
import type { PayloadCodec } from '../../../../schemas/inbound/payload.ts'
import { isJsonObject } from '../../../../schemas/inbound/raw-json.ts'
import { decodeEvent } from '../../../../schemas/inbound/v1/decode-event.ts'
import type { Body, Repair } from './body.ts'
import { normalised } from './normalised.ts'
import { parseBody } from './parse.ts'
import type { BodyLimits } from './limits.ts'
import { repairTexts } from './repair.ts'

/** A payload that can be stored as it is, and what had to be repaired for that. */
export interface Decoded<A> {
  readonly payload: A
  /** Each at most once; usually none. */
  readonly repairs: ReadonlyArray<Repair>
  /** Pass it on when the payload is a history, to `decodeItem`. */
  readonly needsTextRepair: boolean
}

/** Properties that hold JSON text in any payload; all other strings are free text or identifiers. */
const JSON_TEXTS: ReadonlySet<string> = new Set(['messageObj', 'lastMessage', 'editedMessageObj', 'key'])

const NONE: ReadonlyArray<Repair> = []

const finish = <A extends object>(payload: A, { value, repairs, needsTextRepair }: Body): Decoded<A> => {
  const numbers = normalised(value, payload as Readonly<Record<string, unknown>>)
  if (!needsTextRepair) return { payload, repairs: numbers.length === 0 ? repairs : [...repairs, ...numbers], needsTextRepair }
  const repaired = repairTexts(payload, JSON_TEXTS)
  return { payload: repaired.payload, repairs: [...repairs, ...numbers, ...repaired.repairs], needsTextRepair }
}

/** Bytes of a message to its payload. Identifiers are judged before any repair, texts repaired after (bad inputs 1, 2, 3). */
export const decodeBody = <A extends object>(codec: PayloadCodec<A>, limits?: BodyLimits) => {
  const decode = decodeEvent(codec)
  return (bytes: Uint8Array): E.Either<InvalidPayload, Decoded<A>> => {
    const body = parseBody(bytes, limits)
    if (E.isLeft(body)) return body
    const decoded = decode(body.right.value)
    return E.isLeft(decoded) ? decoded : E.right(finish(decoded.right, body.right))
  }
}

/** One item of a history, decoded alone. Its keys were repaired, and reported, with the body. Pointers are relative to the item. */
export const decodeItem = <A extends object>(codec: PayloadCodec<A>) => {
  const decode = decodeEvent(codec)
  return (item: unknown, needsTextRepair: boolean): E.Either<InvalidPayload, Decoded<A>> => {
    const value = isJsonObject(item) ? item : {}
    return E.map((payload: A) => finish(payload, { value, repairs: NONE, needsTextRepair }))(decode(item))
  }
}
