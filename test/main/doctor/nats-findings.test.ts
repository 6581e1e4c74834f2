import { judgeLimits, judgeMaxPayload, judgeNatsVersion, judgeStore, judgeSync } from '../../../adapters/main/doctor/nats-findings.ts'
import type { ServerSettings } from '../../../adapters/outbound/nats/server-settings.ts'
import { describeJudgements } from '../../support/judged.ts'

const MEBIBYTE = 1_048_576
const server = (more: Partial<ServerSettings> = {}): ServerSettings =>
  ({ syncAlways: true, syncIntervalSeconds: 120, storeDir: '/var/lib/nats', maxStore: 0, maxConsumers: 0, ...more })

describeJudgements('the version of nats-server', [
  ['below the floor', judgeNatsVersion('2.9.25'), 'bad', /2\.10/],
  ['something that is no version', judgeNatsVersion('latest'), 'bad'],
  ['the floor', judgeNatsVersion('2.10.0'), 'warn', /2\.12\.15/],
  ['a line without a safe release', judgeNatsVersion('2.13.4'), 'warn'],
  ['a line before its safe release', judgeNatsVersion('2.12.14'), 'warn'],
  ['the safe release of a line', judgeNatsVersion('2.12.15'), 'ok'],
  ['another one', judgeNatsVersion('v2.14.6'), 'ok'],
  ['the newest line before its safe release', judgeNatsVersion('2.15.0'), 'warn'],
  ['a preview of the safe release counts as it', judgeNatsVersion('2.15.1-RC.1'), 'ok'],
  ['a later line', judgeNatsVersion('3.0.0'), 'ok'],
])

describeJudgements('a power cut of the broker', [
  ['every publish is synced', judgeSync(server(), true), 'ok'],
  ['it is not, in production', judgeSync(server({ syncAlways: false }), true), 'bad', /120 s|2 min.*sync_interval: always/],
  ['it is not, in development', judgeSync(server({ syncAlways: false }), false), 'warn', /sync_interval: always/],
  ['nobody can tell', judgeSync(undefined, true), 'warn', /NATS_MONITOR_URL/],
])

describeJudgements('the place of the events', [
  ['a disk', judgeStore(server(), true), 'ok'],
  ['a folder whose name begins alike', judgeStore(server({ storeDir: '/tmpfs' }), true), 'ok'],
  ['/tmp in production', judgeStore(server({ storeDir: '/tmp/nats/jetstream' }), true), 'bad', /store_dir/],
  ['/tmp in development', judgeStore(server({ storeDir: '/tmp' }), false), 'warn'],
  ['nobody can tell', judgeStore(undefined, false), 'warn', /NATS_MONITOR_URL/],
])

describeJudgements('limits of JetStream', [
  ['there are none', judgeLimits([{ what: 'bytes', used: 5, limit: -1 }, { what: 'durables', used: 5, limit: 0 }]), 'ok'],
  ['there is room', judgeLimits([{ what: 'bytes', used: 70, limit: 100 }]), 'ok'],
  ['one is nearly reached', judgeLimits([{ what: 'bytes', used: 71, limit: 100 }]), 'warn', /bytes: 71 % of 100/],
  ['one is reached', judgeLimits([{ what: 'bytes', used: 1, limit: 100 }, { what: 'durables', used: 999, limit: 1_000 }]), 'bad', /durables/],
])

describeJudgements('the largest event', [
  ['smaller than a history', judgeMaxPayload(MEBIBYTE - 1), 'warn', /max_payload/],
  ['the default', judgeMaxPayload(MEBIBYTE), 'ok'],
  ['the most that is sensible', judgeMaxPayload(8 * MEBIBYTE), 'ok'],
  ['larger than the memory should hold', judgeMaxPayload(64 * MEBIBYTE), 'warn'],
])
