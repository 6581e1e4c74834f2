import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import fc from 'fast-check'
import type { Instruction } from '../../application/aggregates.ts'
import { isolateFaults, type Unit } from '../../application/commands/isolate-faults.ts'

/** Only its id counts here. */
const aUnit = (id: string): Unit => [{ id } as Instruction]
const refused = { type: 'Unstorable' as const, sqlState: '22003', cause: new Error('refused') }

const refusing = (isBad: (id: string) => boolean) => {
  const applied: string[] = []
  let calls = 0
  const handle = isolateFaults((batch) => () => {
    calls += 1
    if (batch.some(({ id }) => isBad(id))) return Promise.resolve(E.left(refused))
    applied.push(...batch.map(({ id }) => id))
    return Promise.resolve(E.right(batch.map(() => 1)))
  })
  return { handle, applied, calls: () => calls }
}

describe('isolating faults', () => {
  it('does less at once where the store had not enough time, and asks for no more when one is too much', async () => {
    const slow = (most: number) => isolateFaults((batch) => (batch.length > most
      ? TE.left({ type: 'Unavailable', tooMuch: true, cause: new Error('canceled') }) : TE.right(batch.map(() => 1))))
    const units = Array.from({ length: 10 }, (_, i) => aUnit(`u${i}`))
    expect(await slow(3)(units)()).to.deep.equal(E.right(units.map(() => ({ type: 'done', facts: 1 }))))
    expect(await slow(0)(units)()).to.have.nested.property('left.type', 'Unavailable')
  })
  it('costs one transaction when nothing is wrong, and counts the facts of each unit', async () => {
    const { handle, calls } = refusing(() => false)
    expect(await handle([[...aUnit('a'), ...aUnit('b')], aUnit('c')])()).to.deep.equal(
      E.right([{ type: 'done', facts: 2 }, { type: 'done', facts: 1 }]))
    expect(calls()).to.equal(1)
  })
  it('finds one of a thousand with a few transactions', async () => {
    const { handle, applied, calls } = refusing((id) => id === '700')
    const verdicts = await handle(Array.from({ length: 1_000 }, (_, i) => aUnit(String(i))))()
    expect(E.isRight(verdicts) && verdicts.right.flatMap(({ type }, i) => (type === 'failed' ? [i] : []))).to.deep.equal([700])
    expect([applied.length, calls() < 25]).to.deep.equal([999, true])
  })
  it('applies all that is well, in order, and blames exactly what is not', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 60 }), async (bad) => {
      const { handle, applied } = refusing((id) => bad[Number(id)] === true)
      const verdicts = await handle(bad.map((_, i) => aUnit(String(i))))()
      const expected = bad.map((isBad) => (isBad ? { type: 'failed', failure: refused } : { type: 'done', facts: 1 }))
      expect(verdicts).to.deep.equal(E.right(expected))
      expect(applied).to.deep.equal(bad.flatMap((isBad, i) => (isBad ? [] : [String(i)])))
    }))
  })
  it('takes a throw for a bug of the unit, an outage for nobody’s', async () => {
    const bug = new Error('a bug')
    expect(await isolateFaults(() => { throw bug })([aUnit('a')])()).to.deep.equal(
      E.right([{ type: 'failed', failure: { type: 'Bug', cause: bug } }]))
    const outage = { type: 'Unavailable' as const, cause: new Error('down') }
    expect(await isolateFaults(() => TE.left(outage))([aUnit('a'), aUnit('b')])()).to.deep.equal(E.left(outage))
  })
})
