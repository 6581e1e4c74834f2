import type { JetStreamManager, StreamInfo } from '@nats-io/jetstream'
import * as E from 'fp-ts/lib/Either.js'
import { HISTORY, REALTIME, type StreamRank } from '../../../domain/clock.ts'
import type { CompanyId } from '../../../domain/company.ts'
import { HISTORY_STREAM, REALTIME_STREAM } from './streams.ts'
import { parseSubject } from './subjects.ts'

/** Who publishes where, and which subjects name no valid company. Others are left to newer releases (design 10, E82). */
export interface Discovered {
  readonly companies: ReadonlyArray<{ readonly companyId: CompanyId; readonly rank: StreamRank }>
  readonly invalid: ReadonlyArray<{ readonly stream: string; readonly subject: string }>
}

const STREAMS = [[REALTIME_STREAM, REALTIME], [HISTORY_STREAM, HISTORY]] as const

/** A subject that comes while another ages out leaves their number as it was; this finds it all the same. */
const READ_EVERY_MS = 30_000

const tellOf = (stream: string, rank: StreamRank, subjects: ReadonlyArray<string>): Discovered => {
  const companies = new Map<CompanyId, Discovered['companies'][number]>()
  const invalid: { stream: string; subject: string }[] = []
  for (const subject of subjects) {
    const parsed = parseSubject(subject)
    if (E.isRight(parsed)) companies.set(parsed.right.companyId, { companyId: parsed.right.companyId, rank })
    else if (parsed.left.reason === 'invalid_company') invalid.push({ stream, subject })
  }
  return { companies: [...companies.values()], invalid }
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
    const { state: { subjects } } = await jsm.streams.info(stream, { subjects_filter: '>' })
    const told = tellOf(stream, rank, Object.keys(subjects ?? {}))
    known.set(stream, { mark, readAtMs: nowMs(), told })
    return told
  }

  return async (): Promise<Discovered> => {
    const all = await Promise.all(STREAMS.map(([stream, rank]) => lookAt(stream, rank)))
    return { companies: all.flatMap(({ companies }) => companies), invalid: all.flatMap(({ invalid }) => invalid) }
  }
}
