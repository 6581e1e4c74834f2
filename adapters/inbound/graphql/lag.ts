import * as E from 'fp-ts/lib/Either.js'
import type { CompanyStanding } from '../../../application/ports/company-standing.ts'
import type { CompanyId } from '../../../domain/company.ts'
import type { LagAfter, UnprocessedAges } from './context.ts'

const MS_PER_SECOND = 1_000

/** Asked once a position and request: most read models are equally far, and each look takes a connection. */
export const remembering = (lagAfter: LagAfter): LagAfter => {
  const known = new Map<string, Promise<number>>()
  return (position) => {
    const key = `${position.epoch} ${position.xid} ${position.seq}`
    const lag = known.get(key) ?? lagAfter(position)
    known.set(key, lag)
    return lag
  }
}

/** Asked once a request. What cannot be asked is left out: an outage of the write side must not end reading. */
export const unprocessedOf = ({ unprocessed }: CompanyStanding, companyId: CompanyId): UnprocessedAges => {
  const look: UnprocessedAges = async () => {
    const found = await unprocessed(companyId)()
    if (E.isLeft(found)) return []
    return found.right.map(({ stream, since }) => ({ stream, ageSeconds: Math.max(0, (Date.now() - since) / MS_PER_SECOND) }))
  }
  let asked: ReturnType<UnprocessedAges> | undefined
  return () => (asked ??= look())
}
