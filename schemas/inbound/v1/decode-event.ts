import * as E from 'fp-ts/lib/Either.js'
import { firstError, type InvalidPayload } from '../invalid-payload.ts'
import type { PayloadCodec } from '../payload.ts'

/** From parsed JSON to a payload, or to the one reason why not. Every codec of this folder is used through this. */
export const decodeEvent = <A>(codec: PayloadCodec<A>) => {
  const decode = E.mapLeft(firstError)
  return (value: unknown): E.Either<InvalidPayload, A> => decode(codec.decode(value))
}
