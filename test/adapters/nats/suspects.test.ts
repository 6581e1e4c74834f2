import { expect } from 'chai'
import { suspects } from '../../../adapters/inbound/nats/suspects.ts'
import { eventually } from '../../support/eventually.ts'

interface Suspect { readonly name: string; readonly incoming: { readonly delivery: { readonly deliveries: number } } }

const delivered = (name: string, deliveries: number): Suspect => ({ name, incoming: { delivery: { deliveries } } })

/** How suspects were run: each group by its names, one that ran alone with a star. */
const run = async (maxItems: number, all: ReadonlyArray<Suspect>): Promise<ReadonlyArray<string>> => {
  const groups: string[] = []
  const { push, waiting } = suspects<Suspect>({
    maxItems, runTogether: async (group) => { groups.push(group.map(({ name }) => name).join('')) },
    runAlone: async ({ name }) => { groups.push(`${name}*`) },
  })
  for (const one of all) push(one)
  await eventually('all have run', () => waiting() === 0)
  await new Promise((resolve) => { setImmediate(resolve) })
  return groups
}

describe('events that come again', () => {
  it('run together, a tenth of a batch at a time, the second time', async () => {
    expect(await run(30, 'abcdefgh'.split('').map((name) => delivered(name, 2)))).to.deep.equal(['abc', 'def', 'gh'])
  })
  it('run alone when a tenth of a tenth is less than one', async () => {
    expect(await run(30, [delivered('a', 3), delivered('b', 3)])).to.deep.equal(['a*', 'b*'])
  })
  it('are in no larger a group than the most often delivered of them may be', async () => {
    expect(await run(300, [delivered('a', 2), delivered('b', 3), delivered('c', 3), delivered('d', 2), delivered('e', 2)]))
      .to.deep.equal(['abc', 'de'])
  })
  it('run in order and never two groups at once', async () => {
    let running = 0
    const order: string[] = []
    const { push, waiting } = suspects<Suspect>({ maxItems: 20, runAlone: async () => undefined, runTogether: async (group) => {
      running += 1
      expect(running).to.equal(1)
      await new Promise((resolve) => { setImmediate(resolve) })
      order.push(...group.map(({ name }) => name))
      running -= 1
    } })
    for (const name of 'abcde') push(delivered(name, 2))
    await eventually('all have run', () => waiting() === 0 && order.length === 5)
    expect(order.join('')).to.equal('abcde')
  })
  it('run no more when the work is stopped', async () => {
    const { push, stop, waiting } = suspects<Suspect>({
      maxItems: 20, runAlone: async () => undefined, runTogether: async () => { stop() } })
    for (const name of 'abc') push(delivered(name, 2))
    await eventually('the first has run', () => waiting() === 1)
    await new Promise((resolve) => { setImmediate(resolve) })
    expect(waiting()).to.equal(1)
  })
})
