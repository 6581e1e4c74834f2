import * as E from 'fp-ts/lib/Either.js'
import { setTimeout as sleep } from 'node:timers/promises'
import { deciders, type AggregateKind } from '../../application/aggregates.ts'
import { ORIGIN, type EventLog, type LoggedFact } from '../../application/ports/event-log.ts'
import type { CompanyId } from '../../domain/company.ts'

const ALL_KINDS = Object.keys(deciders) as AggregateKind[]
const EVERYTHING = 100_000
const PATIENCE_MS = 5_000
const PAUSE_MS = 20

/** A company's facts, once there are `count`: the log shows them when no older transaction of the server is open any more. */
export const factsOf = async (log: EventLog, company: CompanyId, count: number): Promise<ReadonlyArray<LoggedFact>> => {
  for (const end = performance.now() + PATIENCE_MS; ; await sleep(PAUSE_MS)) {
    const page = await log.read(ORIGIN, ALL_KINDS, EVERYTHING)()
    const facts = E.isRight(page) ? page.right.facts.filter(({ companyId }) => companyId === company) : []
    if (facts.length >= count || performance.now() > end) return facts
  }
}
