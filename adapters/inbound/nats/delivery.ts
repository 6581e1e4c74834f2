import type { EpochSeconds } from '../../../domain/time.ts'

/** A stored message as it was delivered; plain data, so that nothing behind this needs a broker. */
export interface Delivery {
  readonly subject: string
  readonly stream: string
  readonly sequence: number
  /** Milliseconds since 1970, the broker's time of storage. */
  readonly publishedAtMs: number
  readonly headers: Readonly<Record<string, ReadonlyArray<string>>>
  readonly data: Uint8Array
  /** 1 for the first delivery; a hint only (measured: it goes backwards after a crash, reliability M7). */
  readonly deliveries: number
  readonly consumer: string
  readonly consumerSequence: number
}

const MS_PER_SECOND = 1_000

/** The broker's time of storage, as clocks and `failed_events` have it. */
export const publishedAtOf = ({ publishedAtMs }: Pick<Delivery, 'publishedAtMs'>): EpochSeconds =>
  Math.floor(publishedAtMs / MS_PER_SECOND) as EpochSeconds
