import { expect } from 'chai'
import { randomUUID } from 'node:crypto'
import type { Checkpoints } from '../../application/ports/checkpoints.ts'
import { ORIGIN } from '../../application/ports/event-log.ts'
import { rightOf } from '../support/right-of.ts'

const at = (seq: number) => ({ epoch: 1, xid: 4_294_967_296 + seq, seq })

/** What every Checkpoints adapter promises. */
export const describeCheckpoints = (adapter: string, open: () => Checkpoints): void => {
  describe(`Checkpoints, ${adapter}`, () => {
    it('starts a policy before the first fact', async () => {
      expect(await rightOf(open().of(randomUUID()))).to.deep.equal(ORIGIN)
    })

    it('remembers how far a policy has come', async () => {
      const policy = randomUUID()
      expect(await rightOf(open().move(policy, ORIGIN, at(1)))).to.equal(true)
      expect(await rightOf(open().move(policy, at(1), at(2)))).to.equal(true)
      expect(await rightOf(open().of(policy))).to.deep.equal(at(2))
    })

    it('moves nothing for who is not where the policy stands', async () => {
      const policy = randomUUID()
      expect(await rightOf(open().move(policy, at(3), at(4)))).to.equal(false)
      await rightOf(open().move(policy, ORIGIN, at(1)))
      expect(await rightOf(open().move(policy, ORIGIN, at(5)))).to.equal(false)
      expect(await rightOf(open().of(policy))).to.deep.equal(at(1))
    })

    it('lets one of two win who move at once', async () => {
      const policy = randomUUID()
      const moved = await Promise.all([1, 2].map((seq) => rightOf(open().move(policy, ORIGIN, at(seq)))))
      expect(moved).to.have.members([true, false])
    })
  })
}
