import {
  judgeDrift, judgeExcluded, judgeForeign, judgeMissingDurables, judgePresence, judgeUnlimited, judgeWaiting,
} from '../../../adapters/main/doctor/broker-findings.ts'
import { describeJudgements } from '../../support/judged.ts'

const DAY = 86_400
const drift = (what: string, endangers: boolean) => ({ what, change: `change ${what}`, endangers })
const waiting = (days: number, maxAgeDays = 30) => ({ stream: 'S', ageSeconds: days * DAY, maxAgeSeconds: maxAgeDays * DAY })
const NAMES = ['a', 'b', 'c', 'd', 'e', 'f', 'g']

describeJudgements('streams and durables', [
  ['all streams are there', judgePresence([]), 'ok'],
  ['one is missing', judgePresence(['dlq_stream']), 'bad', /dlq_stream/],
  ['nothing differs', judgeDrift([]), 'ok'],
  ['something harmless differs', judgeDrift([drift('x', false)]), 'warn', /x -> change x/],
  ['something dangerous differs too', judgeDrift([drift('x', false), drift('y', true)]), 'bad', /x, y -> change x, change y/],
  ['each stream has a limit', judgeUnlimited([]), 'ok'],
  ['one has none', judgeUnlimited(['S']), 'warn', /--max-bytes/],
  ['each durable is there', judgeMissingDurables([], 12), 'ok', /12 durables/],
  ['many are missing, some of them named', judgeMissingDurables(NAMES, 12), 'bad', /a, b, c, d, e and 2 more/],
])

describeJudgements('the oldest event waiting', [
  ['nothing waits', judgeWaiting([]), 'ok'],
  ['it is young', judgeWaiting([waiting(7)]), 'ok', /7 days/],
  ['a quarter of its time is over', judgeWaiting([waiting(1), waiting(8)]), 'warn', /8 days old.*after 30 days.*--max-age 60d/],
  ['three quarters are', judgeWaiting([waiting(23), waiting(8)]), 'bad', /23 days/],
  ['it may wait for good', judgeWaiting([waiting(400, 0)]), 'ok'],
])

describeJudgements('what is not taken', [
  ['nothing of other releases', judgeForeign(new Map()), 'ok'],
  ['events of a newer one', judgeForeign(new Map([['v2.messages.upsert.acme', 3], ['v2.chats.upsert.acme', 1]])), 'warn', /4 events.*v2\.messages/],
  ['every company', judgeExcluded([]), 'ok'],
  ['all but some companies', judgeExcluded(NAMES), 'warn', /COMPANY_IDS leaves out 7 publishing companies/],
])
