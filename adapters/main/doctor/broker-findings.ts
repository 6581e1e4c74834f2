import type { Drift } from '../../inbound/nats/stream-drift.ts'
import { bad, ok, warn, type Finding } from './check.ts'
import { count, inWords, someOf } from './wording.ts'

export const judgePresence = (missing: ReadonlyArray<string>): Finding => (missing.length === 0
  ? ok('all three are there')
  : bad(`missing: ${missing.join(', ')}; publishers are refused`, 'start ingest: it makes them, and makes them again when they go'))

/** Of streams, or of durables. */
export const judgeDrift = (drift: ReadonlyArray<Drift>): Finding => {
  if (drift.length === 0) return ok('as this release makes them')
  const judge = drift.some(({ endangers }) => endangers) ? bad : warn
  return judge(someOf(drift.map(({ what }) => what)), someOf(drift.map(({ change }) => change)))
}

/** A stream that nothing limits but its disk; a full disk stops all publishing until the server is restarted (reliability M8). */
export const judgeUnlimited = (names: ReadonlyArray<string>): Finding => (names.length === 0
  ? ok('each stream stops before the disk is full')
  : warn(`nothing limits ${names.join(', ')}: a full disk stops all publishing until nats-server is restarted`,
    `nats stream edit ${names[0] ?? ''} --max-bytes <at most 70 % of the disk, in all> --discard new`))

export const judgeMissingDurables = (missing: ReadonlyArray<string>, all: number): Finding => (missing.length === 0
  ? ok(`${count(all, 'durable')}, one a company and stream`)
  : bad(`missing: ${someOf(missing)}; nobody takes the events of ${count(missing.length, 'company stream')}`,
    'see that ingest runs and is ready: it makes a durable within a second of the first event'))

/** The oldest event of a stream that is not processed; the stream throws events away at `maxAgeSeconds`, 0 for never. */
export interface Waiting { readonly stream: string; readonly ageSeconds: number; readonly maxAgeSeconds: number }

/** Age silently eats the backlog (reliability 5.1). */
const LATE = 0.25
const TOO_LATE = 0.75
const SECONDS_PER_DAY = 86_400

export const judgeWaiting = (waiting: ReadonlyArray<Waiting>): Finding => {
  const share = ({ ageSeconds, maxAgeSeconds }: Waiting): number => (maxAgeSeconds > 0 ? ageSeconds / maxAgeSeconds : 0)
  const worst = [...waiting].sort((a, b) => share(b) - share(a))[0]
  if (worst === undefined) return ok('nothing waits')
  const { stream, ageSeconds, maxAgeSeconds } = worst
  const says = `the oldest event of ${stream} that is not processed is ${inWords(ageSeconds)} old`
  if (share(worst) < LATE) return ok(says)
  return (share(worst) < TOO_LATE ? warn : bad)(`${says}; events are thrown away after ${inWords(maxAgeSeconds)}`,
    `see why ingest does not catch up; meanwhile: nats stream edit ${stream} --max-age ${Math.ceil((2 * maxAgeSeconds) / SECONDS_PER_DAY)}d`)
}

/** Messages by a subject that this release does not know. */
export const judgeForeign = (messagesBySubject: ReadonlyMap<string, number>): Finding => {
  if (messagesBySubject.size === 0) return ok('none')
  const messages = [...messagesBySubject.values()].reduce((sum, one) => sum + one, 0)
  return warn(`${count(messages, 'event')} of another release wait: ${someOf([...messagesBySubject.keys()])}`,
    'update the service: the release that knows them takes them from the beginning; nothing is lost while they wait')
}

export const judgeExcluded = (excluded: ReadonlyArray<string>): Finding => (excluded.length === 0
  ? ok('every company that publishes is taken')
  : warn(`COMPANY_IDS leaves out ${count(excluded.length, 'publishing company', 'publishing companies')}: ${someOf(excluded)}; their events stay in the streams until they are too old`,
    'add them to COMPANY_IDS, or empty it to take all'))
