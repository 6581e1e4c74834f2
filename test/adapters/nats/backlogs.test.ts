import { expect } from 'chai'
import { backlogs } from '../../../adapters/inbound/nats/backlogs.ts'
import { QUANTUM } from '../../../adapters/inbound/nats/fair-queue.ts'

const CROWD = QUANTUM + 1
const entry = (line: string, lockGroup: number, items = 1) => ({ line, lockGroup, items })

describe('who is below its share', () => {
  const quiet = entry('quiet', 1)

  it('is nobody while nobody is crowded', () => {
    const waiting = backlogs()
    waiting.came(entry('a', 0, QUANTUM))
    expect(waiting.isBelowShare(quiet)).to.equal(false)
  })
  it('is who is not crowded itself', () => {
    const waiting = backlogs()
    waiting.came(entry('flood', 0, CROWD))
    expect([waiting.isBelowShare(quiet), waiting.isBelowShare(entry('flood', 0))]).to.deep.equal([true, false])
  })
  it('is not who shares its locks with a crowded one, until all of those are gone', () => {
    const waiting = backlogs()
    for (const line of ['flood', 'second']) waiting.came(entry(line, 1, CROWD))
    waiting.came(entry('third', 0, CROWD))
    const seen = [waiting.isBelowShare(quiet)]
    for (const line of ['flood', 'second']) {
      waiting.went(entry(line, 1, CROWD))
      seen.push(waiting.isBelowShare(quiet))
    }
    expect(seen).to.deep.equal([false, false, true])
  })
})
