import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { DECODERS, type Fate } from '../../support/bad-inputs/decoding.ts'
import { BAD_EVENTS } from '../../support/bad-inputs/events.ts'
import type { BadInput, Expected } from '../../support/bad-inputs/row.ts'

const BROKER_LIMIT_BYTES = 1024 * 1024

const expectDeadLetter = ({ event }: Fate, { reason, pointer }: Extract<Expected, { outcome: 'dead_letter' }>): void => {
  expect(event).to.have.nested.property('left.reason', reason)
  if (pointer !== undefined) expect(event).to.have.nested.property('left.pointer', pointer)
}

const expectApplied = ({ event, items = [] }: Fate, repairs: ReadonlyArray<string> = []): void => {
  expect(E.isRight(event), JSON.stringify(event)).to.equal(true)
  expect(items.filter(E.isLeft)).to.deep.equal([])
  if (E.isRight(event)) expect([...event.right.repairs].sort()).to.deep.equal([...repairs].sort())
}

const expectPartial = ({ items = [] }: Fate, { reason, badItems }: Extract<Expected, { outcome: 'partial' }>): void => {
  const bad = items.flatMap((item, index) => (E.isLeft(item) ? [{ index, reason: item.left.reason }] : []))
  expect(bad).to.deep.equal(badItems.map((index) => ({ index, reason })))
}

const expectFate = (fate: Fate, expected: Expected): void => {
  switch (expected.outcome) {
    case 'applied': expectApplied(fate, expected.repairs); return
    case 'dead_letter': expectDeadLetter(fate, expected); return
    case 'partial': expectPartial(fate, expected); return
    case 'noop': expectApplied(fate); expect(fate.items).to.deep.equal([]); return
    case 'refused_by_broker': return
  }
}

const reaches = ({ expected }: BadInput): boolean => expected.outcome !== 'refused_by_broker'

describe('bad inputs, decoded', () => {
  for (const row of BAD_EVENTS) {
    it(`${row.id}: ${row.what}: ${row.expected.outcome}`, () => {
      expectFate(DECODERS[row.subject](row.body('row-1', 'ACME01'), 'ACME01'), row.expected)
    })
    it(`${row.id} is ${reaches(row) ? 'small enough' : 'too large'} for the broker`, () => {
      expect(row.body('run0123-e99', 'ACME01').length <= BROKER_LIMIT_BYTES).to.equal(reaches(row))
    })
  }

  it('have an id each', () => {
    expect(new Set(BAD_EVENTS.map(({ id }) => id)).size).to.equal(BAD_EVENTS.length)
  })
})
