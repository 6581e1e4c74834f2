import { expect } from 'chai'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { readingAhead } from '../../adapters/main/read-ahead.ts'
import type { EventLog, LogPage, Position } from '../../application/ports/event-log.ts'
import type { Unavailable } from '../../application/ports/unavailable.ts'
import { aFact } from '../support/a-fact.ts'
import { rightOf } from '../support/right-of.ts'

const at = (seq: number): Position => ({ epoch: 1, xid: 700, seq })

/** A log of `facts()` facts by now, which notes from where it is read. */
const logOf = (facts: () => number) => {
  const reads: number[] = []
  const log: EventLog = {
    oldestAfter: () => TE.right(undefined),
    read: ({ seq }, _, limit) => TE.fromIO(() => {
      reads.push(seq)
      const page = Array.from({ length: Math.max(0, Math.min(limit, facts() - seq)) }, (_unused, i) =>
        ({ ...aFact('message', 'm-1', { type: 'MessageDeleted', messageId: 'm-1' as never }), position: at(seq + i + 1) }))
      return page.length === 0 ? { facts: page } : { facts: page, through: { position: at(seq + page.length), recordedAt: 0 } }
    }),
  }
  return { log: readingAhead(log), reads }
}

describe('a log that is read ahead', () => {
  const factsOf = ({ facts }: LogPage): ReadonlyArray<number> => facts.map(({ position }) => position.seq)
  const page = async (log: EventLog, after: number, limit: number) => factsOf(await rightOf(log.read(at(after), ['message'], limit)))

  it('reads the next page while one is worked on, once', async () => {
    const { log, reads } = logOf(() => 6)
    expect(await page(log, 0, 2)).to.deep.equal([1, 2])
    expect(reads, 'before anybody asks').to.deep.equal([0, 2])
    expect(await page(log, 2, 2)).to.deep.equal([3, 4])
    expect(await page(log, 4, 2)).to.deep.equal([5, 6])
    expect(reads).to.deep.equal([0, 2, 4, 6])
  })

  it('does not for one who keeps up', async () => {
    const { log, reads } = logOf(() => 1)
    await page(log, 0, 4)
    expect(reads).to.deep.equal([0])
  })

  it('looks again where nothing was there yet', async () => {
    let facts = 2
    const { log } = logOf(() => facts)
    await page(log, 0, 2)
    facts = 3
    expect(await page(log, 2, 2)).to.deep.equal([3])
  })

  it('reads anew for another place, for other kinds or types, and for fewer facts', async () => {
    const { log } = logOf(() => 9)
    await page(log, 0, 4)
    expect(await page(log, 1, 4), 'another place').to.deep.equal([2, 3, 4, 5])
    expect(await page(log, 5, 2), 'fewer').to.deep.equal([6, 7])
    const { reads, log: other } = logOf(() => 9)
    await page(other, 0, 4)
    await rightOf(other.read(at(4), ['chat'], 4))
    expect(reads, 'other kinds').to.deep.equal([0, 4, 4, 8])
    await rightOf(other.read(at(8), ['chat'], 4, ['ChatOpened']))
    expect(reads, 'other types').to.deep.equal([0, 4, 4, 8, 8])
  })

  it('reads anew where reading ahead has failed', async () => {
    const down: Unavailable = { type: 'Unavailable', cause: new Error('down') }
    const { log: whole } = logOf(() => 4)
    let reads = 0
    const log = readingAhead({ ...whole, read: (...asked) => ((reads += 1) === 2 ? TE.left(down) : whole.read(...asked)) })
    expect(await page(log, 0, 2)).to.deep.equal([1, 2])
    expect(await page(log, 2, 2)).to.deep.equal([3, 4])
  })
})
