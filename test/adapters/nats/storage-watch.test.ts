import { JetStreamApiError, type JetStreamManager } from '@nats-io/jetstream'
import { expect } from 'chai'
import { storageWatch } from '../../../adapters/inbound/nats/storage-watch.ts'

const refusal = (code: number) => new JetStreamApiError({ code: 500, err_code: code, description: 'x' })
const MISSING = 10_014

/** A broker whose answers to an update, and to making the durable, a test sets. */
const aBroker = (answers: { update?: Error | undefined; add?: Error | undefined }) => {
  const asked: string[] = []
  const answer = (what: 'update' | 'add') => async (): Promise<void> => {
    asked.push(what)
    if (answers[what] !== undefined) throw answers[what]
  }
  const said: string[] = []
  const jsm = { consumers: { update: answer('update'), add: answer('add') } } as unknown as JetStreamManager
  return { asked, said, watch: storageWatch(jsm, (what) => { said.push(what) }) }
}

describe('what the broker stores', () => {
  for (const code of [10_012, 10_023, 10_047]) it(`is nothing while it refuses to write with ${code}`, async () => {
    const answers: { update?: Error } = { update: refusal(code) }
    const { watch, said } = aBroker(answers)
    await watch.look()
    expect(watch.isStoring()).to.equal(false)
    expect(said.join()).to.match(/disk is full/)
    delete answers.update
    await watch.look()
    expect(watch.isStoring()).to.equal(true)
  })
  it('is asked by a durable that is made when it is not there', async () => {
    const { watch, asked } = aBroker({ update: refusal(MISSING), add: refusal(10_012) })
    await watch.look()
    expect([asked, watch.isStoring()]).to.deep.equal([['update', 'add'], false])
  })
  it('is not judged by a refusal of another kind, nor by silence', async () => {
    const other = aBroker({ update: refusal(10_059) })
    await other.watch.look()
    const silent = aBroker({ update: new Error('timeout') })
    const failed: unknown = await silent.watch.look().catch((cause: unknown) => cause)
    expect([other.watch.isStoring(), silent.watch.isStoring()]).to.deep.equal([true, true])
    expect(failed).to.be.instanceOf(Error)
  })
})
