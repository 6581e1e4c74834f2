import { readFileSync } from 'node:fs'
import type { EventName } from '../../adapters/inbound/nats/subjects.ts'

/** An event as it was once published, and what it was decoded to; never changed (`test/contract/samples`). */
export interface InboundSample { readonly about: string; readonly wire: Readonly<Record<string, unknown>>; readonly payload: unknown }

const SAMPLES = new URL('../../test/contract/samples/inbound/', import.meta.url)

/** Throws where there are none: an event without a sample has not been shown to be read. */
export const samplesOf = (event: EventName): ReadonlyArray<InboundSample> =>
  JSON.parse(readFileSync(new URL(`${event}.json`, SAMPLES), 'utf8')) as ReadonlyArray<InboundSample>
