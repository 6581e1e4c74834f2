import * as E from 'fp-ts/lib/Either.js'
import type * as t from 'io-ts'

/**
 * A value that we wrote ourselves, as the domain's type `A`: the codec checks its shape, the domain's brands were checked
 * before it was written. That it does not decode is damage, not input, so it throws; names the codec, never the value.
 */
export const decoded = <A>(codec: t.Decoder<unknown, unknown>, value: unknown): A => {
  const result = codec.decode(value)
  if (E.isLeft(result)) throw new TypeError(`a stored ${codec.name} cannot be read`)
  return result.right as A
}
