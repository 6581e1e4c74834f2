import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { HandleBatch } from '../../application/commands/handle-batch.ts'

export const SENT_AT = /@(\d+)$/

/** What has been committed, by company, and how long the messages of `steady-publisher.ts` took from publish to commit. */
export const commits = () => {
  const counts = new Map<string, number>()
  const samples: { readonly sentAt: number; readonly ms: number }[] = []
  const note = (batch: Parameters<HandleBatch>[0]): void => {
    const now = Date.now()
    for (const { kind, companyId, id } of batch) {
      if (kind !== 'message') continue
      counts.set(companyId, (counts.get(companyId) ?? 0) + 1)
      const sentAt = Number(SENT_AT.exec(id)?.[1])
      if (companyId.startsWith('quiet-')) samples.push({ sentAt, ms: now - sentAt })
    }
  }
  return {
    around: (handle: HandleBatch): HandleBatch => (batch) => pipe(handle(batch), TE.map((facts) => {
      note(batch)
      return facts
    })),
    countOf: (companyId: string): number => counts.get(companyId) ?? 0,
    /** Ascending, ms; of those published since `from`, ms since 1970. */
    latenciesSince: (from: number): ReadonlyArray<number> =>
      samples.filter(({ sentAt }) => sentAt >= from).map(({ ms }) => ms).sort((a, b) => a - b),
  }
}

export type Commits = ReturnType<typeof commits>
