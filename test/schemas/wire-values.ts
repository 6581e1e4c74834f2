import fc from 'fast-check'

/** Generators of valid wire values (contract 4), shared by the payload generators. */
export const identifier = fc.string({ unit: 'binary', minLength: 1, maxLength: 100 }).filter((text) =>
  !text.includes('\0') && text.isWellFormed())
const absent = fc.constantFrom(undefined, null)
export const maybe = <A>(value: fc.Arbitrary<A>): fc.Arbitrary<A | null | undefined> => fc.oneof(absent, value)
export const text = maybe(fc.string())
export const maybeIdentifier = maybe(fc.oneof(fc.constant(''), identifier))
export const flag = maybe(fc.boolean())
export const seconds = maybe(fc.integer({ min: 0, max: 99_999_999_999 }))
export const jsonObject = maybe(fc.dictionary(fc.string(), fc.jsonValue()))
