import { expect } from 'chai'
import { carryingProgress } from '../../adapters/main/carried-progress.ts'
import { memoryReadModelStore } from '../../adapters/outbound/memory/read-model-store.ts'
import { ORIGIN, type Position } from '../../application/ports/event-log.ts'
import type { ReadModelStore } from '../../application/ports/read-model-store.ts'
import { rightOf } from '../support/right-of.ts'

const at = (seq: number): Position => ({ epoch: 1, xid: 700, seq })

/** Read models that note how often they are asked where a projection stands. */
const asked = () => {
  const store = memoryReadModelStore()
  let times = 0
  const counting: ReadModelStore = { ...store, progress: (name) => {
    times += 1
    return store.progress(name)
  } }
  return { store, carrying: carryingProgress(counting), times: () => times }
}

describe('progress that is carried on', () => {
  const move = (store: ReadModelStore, from: Position, to: number): Promise<boolean> =>
    rightOf(store.advance('contact_card', { from, generation: 'only', to: { position: at(to) }, rows: [] }))

  it('is not asked for right after a move, once', async () => {
    const { carrying, times } = asked()
    await move(carrying, ORIGIN, 1)
    expect((await rightOf(carrying.progress('contact_card'))).position).to.deep.equal(at(1))
    expect(times()).to.equal(0)
    await rightOf(carrying.progress('contact_card'))
    expect(times()).to.equal(1)
  })
  it('is asked for after somebody else was faster', async () => {
    const { store, carrying } = asked()
    await move(carrying, ORIGIN, 1)
    await move(store, at(1), 5)
    expect(await move(carrying, (await rightOf(carrying.progress('contact_card'))).position, 2)).to.equal(false)
    expect((await rightOf(carrying.progress('contact_card'))).position).to.deep.equal(at(5))
  })
  it('is of the projection that moved, and of the rows that it moved over', async () => {
    const { carrying } = asked()
    await move(carrying, ORIGIN, 1)
    expect((await rightOf(carrying.progress('agent_board'))).position).to.deep.equal(ORIGIN)
    expect((await rightOf(carrying.progress('contact_card'))).generation).to.equal('only')
  })
})
