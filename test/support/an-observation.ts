import { clockOf, HISTORY, REALTIME, type Clock, type Observation } from '../../domain/clock.ts'
import type { EpochSeconds } from '../../domain/time.ts'

/** Noon of a working day; the broker stores one event a minute from here on. */
export const NOON = 1_750_680_000 as EpochSeconds
const MINUTE = 60

export const minutes = (count: number): EpochSeconds => (NOON + count * MINUTE) as EpochSeconds

/** The live event that was stored `minute` minutes after noon. */
export const live = (minute: number): Observation =>
  ({ rank: REALTIME, sequence: minute, item: 0, publishedAt: minutes(minute) })

/** The `item`th of a bulk history that was stored `minute` minutes after noon. */
export const imported = (minute: number, item = 0): Observation =>
  ({ rank: HISTORY, sequence: minute, item, publishedAt: minutes(minute) })

/** The clock of what was said at `eventTime`, else when the broker stored it. */
export const clock = (seen: Observation, eventTime?: EpochSeconds): Clock => clockOf(seen, eventTime)
