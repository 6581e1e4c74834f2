import { judgeCircuit, judgeFailures, judgeLag, judgeReadiness } from '../../../adapters/main/doctor/service-findings.ts'
import { describeJudgements } from '../../support/judged.ts'

const counts = { waiting: 0, overdueSeconds: 0, exhausted: 0, unpublished: 0, unpublishedSeconds: 0 }

describeJudgements('the service', [
  ['a process is ready', judgeReadiness({ ready: true, waitingFor: [] }), 'ok'],
  ['it waits', judgeReadiness({ ready: false, waitingFor: ['database', 'pulling'] }), 'bad', /PostgreSQL does not answer it, it pulls nothing/],
  ['NATS cannot write', judgeReadiness({ ready: false, waitingFor: ['nats_storage', 'dlq'] }), 'bad', /disk is full, copies of dead letters/],
  ['it waits for something new', judgeReadiness({ ready: false, waitingFor: ['lease'] }), 'bad', /lease/],
  ['the circuit is closed', judgeCircuit(false), 'ok'],
  ['the circuit is open', judgeCircuit(true), 'bad', /nothing is lost/],
  ['projections are up to date', judgeLag(new Map([['a', 0], ['b', 29]])), 'ok'],
  ['one is late', judgeLag(new Map([['a', 0], ['b', 31]])), 'warn', /b is 31 s behind/],
  ['one is very late', judgeLag(new Map([['a', 60], ['b', 301]])), 'bad', /a is 60 s behind, b is 5 min behind/],
  ['one cannot be read', judgeLag(new Map([['a', undefined]])), 'bad', /a/],
  ['nothing has failed', judgeFailures(counts), 'ok', /0 waiting/],
  ['some events come again', judgeFailures({ ...counts, waiting: 3 }), 'ok', /3 waiting/],
  ['some were given up', judgeFailures({ ...counts, waiting: 3, exhausted: 2 }), 'warn', /2 given up/],
  ['some are due', judgeFailures({ ...counts, waiting: 3, overdueSeconds: 40 }), 'ok'],
  ['nobody tries those that are due', judgeFailures({ ...counts, waiting: 3, overdueSeconds: 301 }), 'bad', /since 5 min/],
  ['dead letters are on their way', judgeFailures({ ...counts, unpublished: 2, unpublishedSeconds: 5 }), 'ok'],
  ['dead letters do not go out', judgeFailures({ ...counts, unpublished: 2, unpublishedSeconds: 301 }), 'bad', /2 dead letters not copied/],
])
