import { count } from '../doctor/wording.ts'
import type { LoadReport } from './load-report.ts'

/** What did not go as it should, in words for the operator; dead letters of the poison are what should be. */
export const problemsOf = (
  { published, refused, committed, readable, lagAtEnd, deadLetters }: Omit<LoadReport, 'problems'>, waitSeconds: number,
): ReadonlyArray<string> => [
  ...(published.total === 0 ? ['nothing was published'] : []),
  ...(refused.total === 0 ? [] : [`${count(refused.total, 'event')} refused or not answered: ${Object.keys(refused.byReason).join('; ')}`]),
  ...(lagAtEnd.events === 0 ? []
    : [`${count(lagAtEnd.events, 'event')} not settled within ${waitSeconds} s: does ingest run, and does it take these companies?`]),
  ...(readable >= committed ? [] : [`${count(committed - readable, 'event')} not readable within ${waitSeconds} s: does project run?`]),
  ...(lagAtEnd.events > 0 || deadLetters.total === published.poison ? []
    : [`${count(deadLetters.total, 'dead letter')}, of ${published.poison} poisoned events: see daisi dlq list`]),
]
