import type { FailureCounts } from '../../outbound/postgres/failure-counts.ts'
import { bad, ok, warn, type Finding } from './check.ts'
import type { Readiness } from './admin-port.ts'
import { count, inWords, someOf } from './wording.ts'

/** What each condition of readiness waits for, by its name in `/readyz`. */
const WAITS: Readonly<Record<string, string>> = {
  started: 'it is still starting: PostgreSQL, its migrations or NATS may be missing',
  database: 'PostgreSQL does not answer it', nats: 'NATS does not answer it',
  nats_storage: 'NATS cannot write, its disk is full',
  dlq: 'copies of dead letters do not reach the DLQ stream',
  pulling: 'it pulls nothing: a dependency is down, or its durables are silent', http: 'it does not listen',
  followers: 'a policy or the relay of dead letters does not come round', projections: 'a projection does not come round',
}

export const judgeReadiness = ({ ready, waitingFor }: Readiness): Finding => (ready
  ? ok('ready')
  : bad(`not ready: ${someOf(waitingFor.map((name) => WAITS[name] ?? name))}`, 'see the findings above, then its log'))

export const judgeCircuit = (isOpen: boolean): Finding => (isOpen
  ? bad('open: ingest takes no events because PostgreSQL or NATS does not answer it; nothing is lost, it goes on by itself',
    'mend the dependency')
  : ok('closed: events are taken'))

const LATE_SECONDS = 30
const TOO_LATE_SECONDS = 300

/** Of a projection or a policy; undefined while the log does not answer. */
export const judgeLag = (lags: ReadonlyMap<string, number | undefined>): Finding => {
  const unknown = [...lags].filter(([, seconds]) => seconds === undefined).map(([name]) => name)
  if (unknown.length > 0) return bad(`cannot be read: ${someOf(unknown)}`, 'see that PostgreSQL answers')
  const late = [...lags].flatMap(([name, seconds = 0]) => (seconds >= LATE_SECONDS ? [{ name, seconds }] : []))
  if (late.length === 0) return ok('up to date')
  const says = someOf(late.map(({ name, seconds }) => `${name} is ${inWords(seconds)} behind`))
  return (late.some(({ seconds }) => seconds >= TOO_LATE_SECONDS) ? bad : warn)(says,
    'see that its process runs, its log, and whether an open transaction holds it back')
}

export const judgeFailures = ({ waiting, overdueSeconds, exhausted, unpublished, unpublishedSeconds }: FailureCounts): Finding => {
  if (unpublished > 0 && unpublishedSeconds >= TOO_LATE_SECONDS) return bad(
    `${count(unpublished, 'dead letter')} not copied to the DLQ stream for ${inWords(unpublishedSeconds)}`, 'see that ingest runs and dlq_stream takes messages')
  if (overdueSeconds >= TOO_LATE_SECONDS) return bad(`dead letters are due for another attempt since ${inWords(overdueSeconds)}`,
    'see that ingest runs, and its log')
  const says = `${waiting} waiting for another attempt, ${exhausted} given up`
  return exhausted > 0
    ? warn(says, 'see which and why: `daisi dlq list --grouped`; then replay, edit or discard them with `daisi dlq`')
    : ok(says)
}
