import type { ConsumerInfo, JetStreamManager } from '@nats-io/jetstream'
import type { Acknowledged } from '../../../application/ports/companies.ts'
import { atMost } from './at-most.ts'
import { CONSUMED_STREAMS } from './discovery.ts'
import { consumersOf } from './survey.ts'

/** A stream of events, and our durables that have been given more of it than is stored. */
export interface AheadOfStore {
  readonly stream: string
  readonly lastSequence: number
  /** Nothing was ever removed from it. */
  readonly isWhole: boolean
  /** Of its oldest message, ms since 1970. */
  readonly firstAtMs: number
  readonly durables: ReadonlyArray<string>
  /** Companies whose position lies beyond its end. */
  readonly beyond: ReadonlyArray<string>
}

const OURS = /^daisi_(ingest|history)_(.+)$/

const isAhead = (remembered: ReadonlyArray<Acknowledged>) => ({ name, delivered }: ConsumerInfo): boolean => {
  const companyId = OURS.exec(name)?.[2]
  if (companyId === undefined) return false
  return delivered.stream_seq > (remembered.find((position) => position.companyId === companyId)?.sequence ?? 0)
}

/** `positions`: what is stored, which may be older than what the broker has been told. Only reads. */
export const surveyAhead = (jsm: JetStreamManager, positions: ReadonlyArray<Acknowledged>): Promise<ReadonlyArray<AheadOfStore>> =>
  Promise.all(CONSUMED_STREAMS.map(async ([stream]) => {
    const { state } = await jsm.streams.info(stream)
    const remembered = positions.filter((position) => position.stream === stream)
    const durables = (await consumersOf(jsm, stream)).filter(isAhead(remembered)).map(({ name }) => name)
    return { stream, lastSequence: state.last_seq, isWhole: state.first_seq <= 1, firstAtMs: Date.parse(state.first_ts), durables,
      beyond: remembered.filter(({ sequence }) => sequence > state.last_seq).map(({ companyId }) => companyId) }
  }))

const AT_A_TIME = 16

/** Ingest makes them again, from the positions that are stored: what was acknowledged since comes once more. */
export const removeDurables = async (jsm: JetStreamManager, { stream, durables }: AheadOfStore): Promise<void> => {
  const turns = atMost(AT_A_TIME)
  await Promise.all(durables.map((name) => turns(() => jsm.consumers.delete(stream, name))))
}
