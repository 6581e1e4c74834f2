import { integerCodec } from './integers.ts'
import { Refusal, type WireCodec } from './scalars.ts'

/** From here on a value is milliseconds (contract 2.6): the year 5138 in seconds, March 1973 in milliseconds. */
export const FIRST_MILLISECOND_VALUE = 100_000_000_000

/** 9999-12-31T23:59:59Z in Unix seconds (contract 2.6, SQLSTATE 22008 beyond). */
const MAX_UNIX_SECONDS = 253_402_300_799

/** 0001-01-01T00:00:00Z in Unix seconds; the oldest birthday. */
const MIN_UNIX_SECONDS = -62_135_596_800

/** September 2001 in milliseconds. Values between the year 10000 in seconds and this are no time of a message (E68). */
const FIRST_PLAUSIBLE_MILLISECONDS = 1_000_000_000_000

const OUT_OF_RANGE = new Refusal('timestamp_out_of_range')

const toSeconds = (value: number): number => (Math.abs(value) >= FIRST_MILLISECOND_VALUE ? Math.floor(value / 1000) : value)

const positiveSeconds = (value: number): number | Refusal => {
  if (value > MAX_UNIX_SECONDS && value < FIRST_PLAUSIBLE_MILLISECONDS) return OUT_OF_RANGE
  const seconds = toSeconds(value)
  return seconds > MAX_UNIX_SECONDS ? OUT_OF_RANGE : seconds
}

/** From which values on, and up to which; both included. */
const within = (...ranges: ReadonlyArray<readonly [minimum: number, maximum: number]>) =>
  ({ anyOf: ranges.map(([minimum, maximum]) => ({ minimum, maximum })) })

/** The last one's milliseconds are cut off. */
const MILLISECONDS = [FIRST_PLAUSIBLE_MILLISECONDS, MAX_UNIX_SECONDS * 1_000 + 999] as const

const TIME = { type: 'integer', description: 'Unix seconds; from 10^12 on milliseconds, which are divided by 1000. 0 is absent.' }

/** Unix seconds; milliseconds are divided by 1000 (E62), 0 is absent (E64), negative is refused (E65), the future is not (E67). */
export const UnixSeconds: WireCodec<number> = integerCodec({ name: 'UnixSeconds',
  present: { ...TIME, ...within([1, MAX_UNIX_SECONDS], MILLISECONDS) },
  lenient: { ...TIME, ...within([0, MAX_UNIX_SECONDS], MILLISECONDS) } }, (value) => {
  if (value === 0) return undefined
  return value < 0 ? OUT_OF_RANGE : positiveSeconds(value)
})

/** As UnixSeconds, but zero and below have no effect: the rule of `v1.chats.update` (contract 4.2, D14). */
export const UnixSecondsIfPositive: WireCodec<number> = integerCodec({ name: 'UnixSeconds',
  present: { ...TIME, ...within([1, MAX_UNIX_SECONDS], MILLISECONDS) },
  lenient: { ...TIME, ...within([Number.MIN_SAFE_INTEGER, MAX_UNIX_SECONDS], MILLISECONDS) } },
(value) => (value <= 0 ? undefined : positiveSeconds(value)))

const BIRTHDAY = { type: 'integer', description: 'Unix seconds, negative before 1970; beyond 10^11 milliseconds. 0 is absent.' }
const BEFORE_1970 = [[MIN_UNIX_SECONDS * 1_000, -FIRST_MILLISECOND_VALUE], [MIN_UNIX_SECONDS, -1]] as const

/** Birthday in Unix seconds, so negative before 1970, back to the year 1; 0 is absent as everywhere (contract 2.1, 4.6). */
export const BirthdaySeconds: WireCodec<number> = integerCodec({ name: 'BirthdaySeconds',
  present: { ...BIRTHDAY, ...within(...BEFORE_1970, [1, MAX_UNIX_SECONDS], MILLISECONDS) },
  lenient: { ...BIRTHDAY, ...within(...BEFORE_1970, [0, MAX_UNIX_SECONDS], MILLISECONDS) } }, (value) => {
  if (value >= 0) return value === 0 ? undefined : positiveSeconds(value)
  const seconds = toSeconds(value)
  return seconds < MIN_UNIX_SECONDS ? OUT_OF_RANGE : seconds
})
