import { expect } from 'chai'
import { CASES } from './failpoints/cases.ts'
import { sweep, type Swept } from './failpoints/sweep.ts'
import { found } from './figures.ts'

/** Each has servers of its own. */
const LANES = 2
const WITHIN_MS = 900_000

describe(`a process that fails between two steps, ${CASES.length} times`, () => {
  let lanes: ReadonlyArray<Swept>

  before(async function () {
    this.timeout(WITHIN_MS)
    lanes = await Promise.all(Array.from({ length: LANES }, (_, lane) => sweep(CASES.filter((_case, i) => i % LANES === lane))))
    const sum = (name: 'events' | 'lost' | 'appliedTwice'): number => lanes.reduce((total, { verdict }) => total + verdict[name], 0)
    found('failpoints', { events: sum('events'), lost: sum('lost'), appliedTwice: sum('appliedTwice'), failpoints: CASES.length })
  })

  it('has failed at each boundary, for each type of event', () => {
    expect(lanes.flatMap(({ problems }) => problems)).to.deep.equal([])
  })

  it('has lost nothing, and applied nothing twice', () => {
    for (const { verdict } of lanes) expect(verdict).to.include({ lost: 0, appliedTwice: 0 })
  })

  it('leaves everything as a fold of what was published says', () => {
    expect(lanes.flatMap(({ verdict }) => verdict.problems)).to.deep.equal([])
  })
})
