import { expect } from 'chai'
import type { Finding } from '../../adapters/main/doctor/check.ts'

/** A case of a judgement: what it is about, the finding, its state, and words that must be in it. */
export type Judged = readonly [about: string, finding: Finding, state: Finding['state'], words?: RegExp]

/** One test a case. What is not well always says what to do. */
export const describeJudgements = (what: string, cases: ReadonlyArray<Judged>): void => {
  describe(what, () => {
    for (const [about, finding, state, words] of cases) it(`${state}: ${about}`, () => {
      expect(finding.state, finding.says).to.equal(state)
      expect(finding.todo === undefined).to.equal(state === 'ok')
      if (words !== undefined) expect(`${finding.says} -> ${finding.todo ?? ''}`).to.match(words)
    })
  })
}
