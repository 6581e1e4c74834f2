import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import type { DeadLetterOutlet } from '../../application/ports/dead-letter-outlet.ts'
import { NOBODY, type DeadLetter } from '../../application/ports/failed-events.ts'
import type { CompanyId } from '../../domain/company.ts'
import { aDeadLetter } from '../support/a-dead-letter.ts'

export interface OpenOutlet {
  readonly outlet: DeadLetterOutlet
  /** Sequences of the sources of the copies that are there, in order. */
  readonly published: () => Promise<ReadonlyArray<number>>
}

const ACME = 'acme' as CompanyId
const aLetter = (id: number, more: Partial<DeadLetter> = {}): DeadLetter =>
  aDeadLetter(ACME, { sequence: id, id, ...more })

/** What every DeadLetterOutlet adapter promises. */
export const describeDeadLetterOutlet = (adapter: string, open: () => Promise<OpenOutlet>): void => {
  describe(`DeadLetterOutlet, ${adapter}`, () => {
    it('publishes each letter', async () => {
      const { outlet, published } = await open()
      expect(await outlet.publish([aLetter(1), aLetter(2)])()).to.deep.equal(E.right(undefined))
      expect([...await published()].sort()).to.deep.equal([1, 2])
    })
    it('makes no second copy of a letter that is published again', async () => {
      const { outlet, published } = await open()
      await outlet.publish([aLetter(1)])()
      await outlet.publish([aLetter(1), aLetter(2)])()
      expect(await published()).to.deep.equal([1, 2])
    })
    it('copies a letter anew that died again, and each item of a history', async () => {
      const { outlet, published } = await open()
      await outlet.publish([aLetter(1), aLetter(1, { attempts: 2 }), aLetter(1, { item: 0 }), aLetter(1, { item: 1 })])()
      expect(await published()).to.deep.equal([1, 1, 1, 1])
    })
    it('copies a letter of a stream that was made anew beside an old one of the same number', async () => {
      const { outlet, published } = await open()
      const old = aLetter(1)
      await outlet.publish([old, { ...old, publishedAt: old.publishedAt + 60 as DeadLetter['publishedAt'] }])()
      expect(await published()).to.deep.equal([1, 1])
    })
    it('takes whatever was in the event', async () => {
      const { outlet, published } = await open()
      const strange = [aLetter(1, { body: new Uint8Array([0xff, 0]) }), aLetter(2, { headers: { 'Nats-Msg-Id': ['a\r\n\u0000b'] } }),
        aLetter(3, { companyId: NOBODY, subject: 'v1.messages.upsert.a"b' }), aLetter(4, { body: new Uint8Array() })]
      for (const letter of strange) expect(await outlet.publish([letter])()).to.deep.equal(E.right(undefined))
      expect(await published()).to.deep.equal([1, 2, 3, 4])
    })
  })
}
