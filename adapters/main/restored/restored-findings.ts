import type { AheadOfStore } from '../../inbound/nats/restored-durables.ts'
import type { LogOrigin } from '../../outbound/postgres/restored/log-epoch.ts'
import { bad, ok, warn, type Finding } from '../doctor/check.ts'
import { count, someOf } from '../doctor/wording.ts'

const AGAIN = 'with the service stopped: daisi doctor --after-restore'

/** Something wrong that this command puts right, or would. */
const mended = (repairs: boolean, was: string, done: string): Finding => (repairs ? ok(`${was}: ${done}`) : bad(was, AGAIN))

export const judgeWriters = (writers: ReadonlyArray<string>): Finding => (writers.length === 0
  ? ok('none is at work')
  : bad(`at work: ${writers.join(', ')}; nothing was put right`, 'stop them, then run this again; start them when it finds nothing bad'))

/** ADR 0006: transaction ids start again in another cluster. */
export const judgeOrigin = ({ epoch, foreign, strays }: LogOrigin, repairs: boolean): Finding => {
  if (!foreign) return ok(`this cluster goes on with the transactions of the log, epoch ${epoch}`)
  const was = 'another cluster has written the log: its transactions are still to come here, so readers would wait for them'
  if (strays === 0) return mended(repairs, was, `the epoch is ${epoch + 1} now`)
  if (!repairs) return bad(`${was}, and ${count(strays, 'fact')} written here already would be skipped`, AGAIN)
  return warn(`${was}: the epoch is ${epoch + 1} now; ${count(strays, 'fact')} that were written here before this command ran are in it`,
    'build the read models anew once the service runs: daisi rebuild --all --accept-differences')
}

export const judgeSequences = (behind: ReadonlyArray<string>, repairs: boolean): Finding => (behind.length === 0
  ? ok('the next numbers are free')
  : mended(repairs, `numbers would be given twice in ${someOf(behind)}`, 'set behind the highest'))

export const judgeProjections = (lost: ReadonlyArray<string>): Finding => (lost.length === 0
  ? ok('each stands at a fact of the log')
  : bad(`${someOf(lost)} stand at a fact that the log does not have: rows and log are not of one backup`,
    'start the service, then: daisi rebuild --all --accept-differences'))

export const judgePolicies = (lost: ReadonlyArray<string>, repairs: boolean): Finding => (lost.length === 0
  ? ok('each stands at a fact of the log')
  : mended(repairs, `${someOf(lost)} stand at a fact that the log does not have`, 'they begin at the first fact again, which changes nothing twice'))

export const judgeDurables = (ahead: ReadonlyArray<AheadOfStore>, repairs: boolean): Finding => {
  const durables = ahead.flatMap((one) => one.durables)
  return durables.length === 0
    ? ok('none was given more than is stored')
    : mended(repairs, `${count(durables.length, 'durable')} were given events that this backup does not hold: ${someOf(durables)}`,
      'removed; ingest makes them again where the backup ends')
}

export const judgePositions = (ahead: ReadonlyArray<AheadOfStore>, repairs: boolean): Finding => {
  const beyond = ahead.flatMap(({ stream, beyond: companies }) => companies.map((company) => `${company} in ${stream}`))
  return beyond.length === 0
    ? ok('none lies beyond the end of its stream')
    : mended(repairs, `the stream ends before what is settled of ${someOf(beyond)}: it is another stream`, 'all of it is taken again')
}

/** What was published after the backup must still be in the streams. */
export const judgeRetention = (streams: ReadonlyArray<AheadOfStore>, backupAtMs: number | undefined): Finding => {
  const short = streams.filter(({ isWhole, firstAtMs }) => !isWhole && firstAtMs > (backupAtMs ?? 0))
  return short.length === 0
    ? ok('the streams still hold everything since the backup')
    : bad(`${someOf(short.map(({ stream, firstAtMs }) => `${stream} begins ${new Date(firstAtMs).toISOString()}`))}, after the backup was made: events between are gone`,
      'take a later backup if there is one, else ask the publishers to send histories again')
}
