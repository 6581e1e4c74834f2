import type { JetStreamManager } from '@nats-io/jetstream'
import * as E from 'fp-ts/lib/Either.js'
import { HISTORY, REALTIME, type StreamRank } from '../../../domain/clock.ts'
import type { CompanyId } from '../../../domain/company.ts'
import { HISTORY_STREAM, REALTIME_STREAM } from './streams.ts'
import { parseSubject } from './subjects.ts'

/** What the subjects of the streams tell: who publishes where, and which subjects name no valid company. */
export interface Discovered {
  readonly companies: ReadonlyArray<{ readonly companyId: CompanyId; readonly rank: StreamRank }>
  readonly invalid: ReadonlyArray<{ readonly stream: string; readonly subject: string }>
}

const STREAMS = [[REALTIME_STREAM, REALTIME], [HISTORY_STREAM, HISTORY]] as const

/** Looks for publishers; a stream in which nothing was stored since the last look is not asked again for its subjects. */
export const discovery = (jsm: JetStreamManager) => {
  const lastSeen = new Map<string, number>()

  const subjectsOf = async (stream: string): Promise<ReadonlyArray<string>> => {
    const { state } = await jsm.streams.info(stream)
    if (lastSeen.get(stream) === state.last_seq) return []
    const { state: { subjects } } = await jsm.streams.info(stream, { subjects_filter: '>' })
    lastSeen.set(stream, state.last_seq)
    return Object.keys(subjects ?? {})
  }

  return async (): Promise<Discovered> => {
    const companies = new Map<string, Discovered['companies'][number]>()
    const invalid: { stream: string; subject: string }[] = []
    for (const [stream, rank] of STREAMS) {
      for (const subject of await subjectsOf(stream)) {
        const parsed = parseSubject(subject)
        if (E.isLeft(parsed)) invalid.push({ stream, subject })
        else companies.set(`${rank} ${parsed.right.companyId}`, { companyId: parsed.right.companyId, rank })
      }
    }
    return { companies: [...companies.values()], invalid }
  }
}
