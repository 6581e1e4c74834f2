/** OIDs of PostgreSQL's own types, the same in every release (pg_type.dat). */
const OID = { text: 25, bigint: 20, integer: 23, boolean: 16 } as const
export type BinaryType = keyof typeof OID

/** Dimensions, whether there are nulls, type, length, first index (array_recv). */
const HEADER_BYTES = 20
const LENGTH_BYTES = 4
const NULL_LENGTH = -1
/** A UTF-16 unit takes at most three bytes of UTF-8. */
const BYTES_PER_UNIT = 3
const FIRST_SCRATCH_BYTES = 1_048_576

/** Grows with the largest array and is used again and again; nothing of it leaves this module. */
let scratch = Buffer.allocUnsafe(FIRST_SCRATCH_BYTES)

const reserve = (offset: number, bytes: number): void => {
  if (offset + bytes <= scratch.length) return
  const larger = Buffer.allocUnsafe(Math.max(scratch.length * 2, offset + bytes))
  scratch.copy(larger, 0, 0, offset)
  scratch = larger
}

const putInt32 = (value: number, offset: number): number => scratch.writeInt32BE(value, offset)

const putText = (value: unknown, offset: number): number => {
  const text = String(value)
  reserve(offset, LENGTH_BYTES + text.length * BYTES_PER_UNIT)
  const bytes = scratch.write(text, offset + LENGTH_BYTES)
  putInt32(bytes, offset)
  return offset + LENGTH_BYTES + bytes
}

const putBigint = (value: unknown, offset: number): number => {
  reserve(offset, LENGTH_BYTES + 8)
  return scratch.writeBigInt64BE(BigInt(value as number), putInt32(8, offset))
}

const putInteger = (value: unknown, offset: number): number => {
  reserve(offset, LENGTH_BYTES + 4)
  return putInt32(Number(value), putInt32(4, offset))
}

const putBoolean = (value: unknown, offset: number): number => {
  reserve(offset, LENGTH_BYTES + 1)
  return scratch.writeUInt8(value === true ? 1 : 0, putInt32(1, offset))
}

const putNull = (offset: number): number => {
  reserve(offset, LENGTH_BYTES)
  return putInt32(NULL_LENGTH, offset)
}

const PUT: Readonly<Record<BinaryType, (value: unknown, offset: number) => number>> =
  { text: putText, bigint: putBigint, integer: putInteger, boolean: putBoolean }

/** Numeric value out of range, as the server would say. */
const OUT_OF_RANGE = '22003'

const putAll = (values: ReadonlyArray<unknown>, put: (typeof PUT)[BinaryType]): { readonly end: number; readonly hasNulls: boolean } => {
  let [end, hasNulls] = [HEADER_BYTES, false]
  for (const value of values) {
    const isNull = value === undefined || value === null
    hasNulls ||= isNull
    end = isNull ? putNull(end) : put(value, end)
  }
  return { end, hasNulls }
}

/**
 * A one-dimensional array in PostgreSQL's binary form, null and undefined as null. Measured: the driver's text form escapes every
 * quote of a JSON text, once more for each level of JSON in it, and the server has to undo that (ADR 0019).
 * @throws RangeError with the SQLSTATE as its code, for a number that the type does not hold.
 */
export const binaryArray = (type: BinaryType, values: ReadonlyArray<unknown>): Buffer => {
  try {
    const { end, hasNulls } = putAll(values, PUT[type])
    for (const [i, field] of [1, hasNulls ? 1 : 0, OID[type], values.length, 1].entries()) putInt32(field, i * LENGTH_BYTES)
    return Buffer.from(scratch.subarray(0, end))
  } catch (cause) {
    throw cause instanceof RangeError ? Object.assign(cause, { code: OUT_OF_RANGE }) : cause
  }
}
