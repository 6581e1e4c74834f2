import { expect } from 'chai'
import type { LoadReport } from '../../../adapters/main/load/load-report.ts'
import { problemsOf } from '../../../adapters/main/load/problems.ts'

const LATENCY = { count: 90, p50: 1, p90: 2, p99: 3, max: 4 }
const WELL: Omit<LoadReport, 'problems'> = {
  seed: 1, companyPrefix: 'load', companies: 1, wantedPerSecond: 10, seconds: 10, perSecond: 10,
  published: { fresh: 95, duplicate: 3, poison: 2, total: 100 }, refused: { total: 0, byReason: {} }, committed: 90, readable: 90,
  withoutEffect: 5, publishToCommitMs: LATENCY, publishToReadableMs: LATENCY, measuredEveryMs: 25, unmeasured: 0,
  deadLetters: { total: 2, byReason: { missing_field: 2 } }, lagAtEnd: { events: 0, oldestEventSeconds: 0, projectionSeconds: 0 },
}
const problems = (more: Partial<LoadReport>): string => problemsOf({ ...WELL, ...more }, 30).join('\n')

describe('the problems of a load', () => {
  it('are none when the poison, and only the poison, became dead letters', () => expect(problems({})).to.equal(''))

  const ROWS: ReadonlyArray<readonly [what: string, more: Partial<LoadReport>, says: RegExp]> = [
    ['publishes that were refused', { refused: { total: 2, byReason: { TIMEOUT: 2 } } }, /^2 events refused or not answered: TIMEOUT$/],
    ['events that are not settled, of which dead letters may still come', { lagAtEnd: { ...WELL.lagAtEnd, events: 1 },
      deadLetters: { total: 0, byReason: {} } }, /^1 event not settled within 30 s/],
    ['events that cannot be read', { readable: 80 }, /^10 events not readable within 30 s: does project run\?$/],
    ['other dead letters', { deadLetters: { total: 5, byReason: {} } }, /^5 dead letters, of 2 poisoned events/],
    ['poison that went through', { deadLetters: { total: 1, byReason: {} } }, /^1 dead letter, of 2 poisoned events/],
    ['a load of nothing', { published: { fresh: 0, duplicate: 0, poison: 0, total: 0 }, deadLetters: { total: 0, byReason: {} } },
      /^nothing was published$/],
  ]
  for (const [what, more, says] of ROWS) it(`name ${what}`, () => { expect(problems(more)).to.match(says) })
})
