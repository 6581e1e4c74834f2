import type { JetStreamManager, StreamInfo } from '@nats-io/jetstream'
import * as E from 'fp-ts/lib/Either.js'
import { HISTORY, REALTIME, type StreamRank } from '../../../domain/clock.ts'
import type { CompanyId } from '../../../domain/company.ts'
import { HISTORY_STREAM, REALTIME_STREAM } from './streams.ts'
import { readerOf } from './subjects.ts'

/** Which stream; one that was made anew is another, though its name is the same. Both times are the broker's, ms. */
export interface StreamIdentity { readonly stream: string; readonly createdAtMs: number; readonly ageMs: number }

/** Who publishes where, and which subjects name no valid company. Others are left to newer releases (design 10, E82). */
export interface Discovered {
  readonly streams: ReadonlyArray<StreamIdentity>
  /** A company for each stream and each version of subjects that it publishes. */
  readonly companies: ReadonlyArray<{ readonly companyId: CompanyId; readonly rank: StreamRank; readonly version: number }>
  readonly invalid: ReadonlyArray<StreamIdentity & { readonly subject: string }>
}

/** The streams that are consumed. */
export const CONSUMED_STREAMS = [[REALTIME_STREAM, REALTIME], [HISTORY_STREAM, HISTORY]] as const

/** A subject that comes while another ages out leaves their number as it was; this finds it all the same. */
const READ_EVERY_MS = 30_000

/** The subjects of a stream, sorted. */
export interface SubjectsTold {
  readonly companies: Discovered['companies']
  readonly invalid: ReadonlyArray<string>
  /** Events of other releases. */
  readonly unknown: ReadonlyArray<string>
}

export const tellSubjects = (rank: StreamRank, subjects: ReadonlyArray<string>): SubjectsTold => {
  const companies = new Map<string, Discovered['companies'][number]>()
  const [invalid, unknown]: [string[], string[]] = [[], []]
  for (const subject of subjects) {
    const reader = readerOf(subject)
    if (E.isRight(reader)) companies.set(`${reader.right.version} ${reader.right.companyId}`, { ...reader.right, rank })
    else (reader.left.reason === 'invalid_company' ? invalid : unknown).push(subject)
  }
  return { companies: [...companies.values()], invalid, unknown }
}

const identityOf = ({ created, ts, config: { name } }: StreamInfo): StreamIdentity => {
  const createdAtMs = Date.parse(created)
  return { stream: name, createdAtMs, ageMs: (ts === undefined ? Date.now() : Date.parse(ts)) - createdAtMs }
}

const tellOf = (identity: StreamIdentity, rank: StreamRank, subjects: ReadonlyArray<string>): Discovered => {
  const { companies, invalid } = tellSubjects(rank, subjects)
  return { streams: [identity], companies, invalid: invalid.map((subject) => ({ ...identity, subject })) }
}

interface Known { readonly mark: string; readonly readAtMs: number; readonly told: Discovered }

const markOf = ({ created, state }: StreamInfo): string => `${created} ${state.num_subjects ?? 0}`

/** Looks for publishers, about every second: the subjects themselves are read only when their number has changed. */
export const discovery = (jsm: JetStreamManager, nowMs: () => number = Date.now) => {
  const known = new Map<string, Known>()

  const lookAt = async (stream: string, rank: StreamRank): Promise<Discovered> => {
    const before = known.get(stream)
    const mark = markOf(await jsm.streams.info(stream))
    if (before !== undefined && before.mark === mark && nowMs() - before.readAtMs < READ_EVERY_MS) return before.told
    const info = await jsm.streams.info(stream, { subjects_filter: '>' })
    const told = tellOf(identityOf(info), rank, Object.keys(info.state.subjects ?? {}))
    known.set(stream, { mark, readAtMs: nowMs(), told })
    return told
  }

  return async (): Promise<Discovered> => {
    const all = await Promise.all(CONSUMED_STREAMS.map(([stream, rank]) => lookAt(stream, rank)))
    return { streams: all.flatMap(({ streams }) => streams), companies: all.flatMap(({ companies }) => companies),
      invalid: all.flatMap(({ invalid }) => invalid) }
  }
}
