import { expect } from 'chai'
import { follow } from '../../adapters/main/follow.ts'
import { eventually } from '../support/eventually.ts'

const LONG_MS = 600_000
const options = { pollMs: LONG_MS, onFailure: () => undefined }

describe('followers', () => {
  it('look once more when they are woken while they look', async () => {
    const { promise: committed, resolve: commit } = Promise.withResolvers<undefined>()
    let steps = 0
    const { wake, stop } = follow([{ name: 'a', step: async () => {
      steps += 1
      if (steps === 1) await committed
      return false
    } }], options)
    wake()
    commit(undefined)
    await eventually('it has looked again', () => steps === 2)
    await stop()
    expect(steps).to.equal(2)
  })
  it('rest until they are woken when there is nothing more', async () => {
    let steps = 0
    const { wake, stop } = follow([{ name: 'a', step: () => Promise.resolve(++steps < 3) }], options)
    await eventually('it rests', () => steps === 3)
    await new Promise((resolve) => { setImmediate(resolve) })
    expect(steps).to.equal(3)
    wake()
    await eventually('it has looked again', () => steps === 4)
    await stop()
  })
  it('try again after a failure, and say so', async () => {
    const said: string[] = []
    let steps = 0
    const following = follow([{ name: 'a', step: async () => {
      steps += 1
      if (steps === 1) throw new Error('refused')
      return false
    } }], { ...options, onFailure: (name) => { said.push(name) } })
    await eventually('it has failed', () => following.isFailing('a'))
    await eventually('it goes on', () => !following.isFailing('a'))
    expect(said).to.deep.equal(['a'])
    await following.stop()
  })
})
