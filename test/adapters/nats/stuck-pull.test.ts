import { expect } from 'chai'
import { stillness, type PullState } from '../../../adapters/inbound/nats/stuck-pull.ts'

const STUCK_AFTER_MS = 20_000
const WAITING: PullState = { pending: 3, delivered: 7, outstanding: 0, mostOutstanding: 20, paused: false, inHand: 0 }

/** A look now, and the same again after so long. */
const looks = (state: PullState, later: Partial<PullState> = {}, laterMs = STUCK_AFTER_MS): readonly [boolean, boolean] => {
  let now = 1_000
  const { isStuck } = stillness(STUCK_AFTER_MS, () => now)
  const first = isStuck(state)
  now += laterMs
  return [first, isStuck({ ...state, ...later })]
}

describe('a pull', () => {
  it('is stuck when events have waited for long and nothing keeps them', () => {
    expect(looks(WAITING)).to.deep.equal([false, true])
    expect(looks(WAITING, {}, STUCK_AFTER_MS - 1)).to.deep.equal([false, false])
  })

  for (const [why, kept] of Object.entries<Partial<PullState>>({
    'nothing waits': { pending: 0 }, 'the broker waits for acknowledgements': { outstanding: 20 }, 'it is paused': { paused: true },
    'its events are in hand': { inHand: 1 },
  })) it(`is not stuck while ${why}`, () => {
    expect(looks({ ...WAITING, ...kept })).to.deep.equal([false, false])
    expect(looks(WAITING, kept)).to.deep.equal([false, false])
  })

  it('is not stuck while another process is delivered to', () => {
    expect(looks(WAITING, { delivered: 8 })).to.deep.equal([false, false])
  })

  it('is given its time anew whenever something moved', () => {
    let now = 1_000
    const still = stillness(STUCK_AFTER_MS, () => now)
    still.isStuck(WAITING)
    still.moved()
    now += STUCK_AFTER_MS
    expect(still.isStuck(WAITING)).to.equal(false)
    now += STUCK_AFTER_MS
    expect(still.isStuck(WAITING)).to.equal(true)
  })
})
