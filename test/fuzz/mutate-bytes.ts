import fc from 'fast-check'

/** Bytes that mean something to a JSON reader, besides any others. */
const TELLING = [...Buffer.from('{}[]",:\\u0eE-+./ \t\n'), 0x00, 0x7f, 0x80, 0xbf, 0xc0, 0xed, 0xef, 0xf4, 0xff]
const aByte = fc.oneof(fc.constantFrom(...TELLING), fc.nat({ max: 255 }))
/** Places and lengths as parts of 1,000, so that they fit any body. */
const aPart = fc.nat({ max: 1_000 })

const PARTS = 1_000

type Mutation = (bytes: Uint8Array) => Uint8Array

const at = ({ length }: Uint8Array, part: number): number => Math.floor((length * part) / PARTS)

const spliced = (bytes: Uint8Array, from: number, removed: number, inserted: Uint8Array): Uint8Array =>
  Buffer.concat([bytes.subarray(0, from), inserted, bytes.subarray(from + removed)])

const aSlice = fc.record({ from: aPart, to: aPart }).map(({ from, to }): Mutation => (bytes) =>
  bytes.slice(at(bytes, Math.min(from, to)), at(bytes, Math.max(from, to))))

const aMutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.record({ place: aPart, byte: aByte }).map(({ place, byte }): Mutation => (bytes) =>
    spliced(bytes, at(bytes, place), 1, Uint8Array.of(byte))),
  fc.record({ place: aPart, bit: fc.nat({ max: 7 }) }).map(({ place, bit }): Mutation => (bytes) =>
    spliced(bytes, at(bytes, place), 1, Uint8Array.of((bytes[at(bytes, place)] ?? 0) ^ (1 << bit)))),
  fc.record({ place: aPart, bytes: fc.uint8Array({ minLength: 1, maxLength: 6 }) })
    .map(({ place, bytes: more }): Mutation => (bytes) => spliced(bytes, at(bytes, place), 0, more)),
  fc.record({ place: aPart, byte: aByte, times: fc.constantFrom(2, 63, 64, 65, 3_000) })
    .map(({ place, byte, times }): Mutation => (bytes) => spliced(bytes, at(bytes, place), 0, new Uint8Array(times).fill(byte))),
  aSlice,
  fc.record({ from: aPart, length: aPart }).map(({ from, length }): Mutation => (bytes) =>
    spliced(bytes, at(bytes, from), at(bytes, length), new Uint8Array())),
  fc.record({ slice: aSlice, place: aPart }).map(({ slice, place }): Mutation => (bytes) =>
    spliced(bytes, at(bytes, place), 0, slice(bytes))),
  aPart.map((end): Mutation => (bytes) => bytes.slice(0, at(bytes, end))),
)

/** Flipped, replaced, inserted, repeated, removed, moved and cut-off bytes. */
export const mutatedBytes = (bytes: Uint8Array): fc.Arbitrary<Uint8Array> =>
  fc.array(aMutation, { minLength: 1, maxLength: 3 }).map((mutations) => mutations.reduce((mutated, mutate) => mutate(mutated), bytes))
