import { expect } from 'chai'
import { setImmediate } from 'node:timers/promises'
import { slotWorkers } from '../../../adapters/inbound/nats/slot-workers.ts'
import type { Allowance, Waiting } from '../../../adapters/inbound/nats/fair-queue.ts'
import { tokenBucket } from '../../../adapters/inbound/nats/token-bucket.ts'
import { eventually } from '../../support/eventually.ts'

/** A batch takes this long, ms of a clock that the tests set forward. */
const SLOW_MS = 40

const entries = (line: string, count: number, more: Partial<Waiting> = {}): ReadonlyArray<Waiting> =>
  Array.from({ length: count }, () => ({ line, lockGroup: 0, weight: 1, items: 1, bytes: 1, background: false, ...more }))

/** Workers of two slots; `log` holds which lines each batch was of, and how many were in flight then. Batches end when `finish` says so. */
const workers = (allowanceOf: (nowMs: () => number) => Allowance | undefined = () => undefined) => {
  const log: { readonly lines: string; readonly items: number; readonly inFlight: number }[] = []
  const holding: (() => void)[] = []
  let [inFlight, now] = [0, 0]
  const nowMs = (): number => now
  const allowance = allowanceOf(nowMs)
  const work = slotWorkers<Waiting>({ slots: 2, maxItems: 1_000, maxBytes: 1_000_000, nowMs, allowanceOf: () => allowance },
    async (batch) => {
      inFlight += 1
      log.push({ lines: [...new Set(batch.map(({ line }) => line))].join(' '), items: batch.length, inFlight })
      await new Promise<void>((resolve) => { holding.push(resolve) })
      inFlight -= 1
    })
  /** All batches in flight end; those that follow have begun then. */
  const finish = async (): Promise<void> => {
    now += SLOW_MS
    for (const end of holding.splice(0)) end()
    await begun()
  }
  const finishAll = async (): Promise<void> => { while (inFlight > 0 || work.waiting() > 0) await finish() }
  return { ...work, log, inFlight: () => inFlight, finish, finishAll }
}

/** Batches begin at the end of the tick. */
const begun = async (): Promise<void> => {
  await setImmediate()
  await setImmediate()
}

/** A flood in both slots, more of it waiting in one. */
const flooded = async () => {
  const all = workers()
  all.push(0, entries('flood', 500))
  all.push(1, entries('flood', 500))
  await begun()
  expect(all.log).to.have.length(2)
  all.push(0, entries('flood', 500))
  return all
}

describe('the slots', () => {
  it('reserve a batch for who has little waiting while another is crowded', async () => {
    const { push, log, finishAll } = await flooded()
    push(0, entries('quiet', 1, { lockGroup: 1 }))
    await begun()
    expect(log.slice(2)).to.deep.equal([{ lines: 'quiet', items: 1, inFlight: 3 }])
    await finishAll()
  })
  it('keep who would wait for a flood’s locks out of that batch: it goes ahead of the flood’s next one', async () => {
    const { push, log, finishAll } = await flooded()
    push(0, entries('unlucky', 1))
    push(0, entries('quiet', 1, { lockGroup: 1 }))
    await begun()
    await finishAll()
    expect(log.slice(2, 5).map(({ lines }) => lines)).to.deep.equal(['quiet', 'unlucky', 'flood'])
  })
  it('hold a flood to a share while somebody else was about lately, even when only the flood waits', async () => {
    const { push, log, finish, finishAll } = workers()
    push(0, entries('quiet', 1))
    await begun()
    await finish()
    expect(log).to.have.length(1)
    push(0, entries('flood', 900))
    await begun()
    await finishAll()
    expect(Math.max(...log.filter(({ lines }) => lines === 'flood').map(({ items }) => items))).to.be.at.most(400)
  })
  it('hold all histories together to a share only while something else was about lately', async () => {
    const { push, log, finish, finishAll } = workers()
    const histories = ['a', 'b'].flatMap((company) => entries(`${company} history`, 500, { background: true }))
    push(0, histories)
    await begun()
    expect(log.map(({ items }) => items), 'a share each').to.deep.equal([240])
    push(1, entries('quiet', 1))
    await begun()
    await finish()
    expect(log.filter(({ lines }) => lines !== 'quiet')[1]?.items, 'one, of what was measured').to.equal(110)
    await finishAll()
  })
  it('take up again what a limit held back, when that lets it', async () => {
    const { push, log, finish } = workers((nowMs) => tokenBucket({ perSecond: 100, burst: 5 }, nowMs))
    push(0, entries('limited', 11))
    await begun()
    for (const batches of [2, 3]) {
      await finish()
      await eventually('the limit lets more pass', () => log.length === batches)
    }
    await finish()
    expect(log.map(({ items }) => items)).to.deep.equal([5, 4, 2])
  })
  it('let nothing else be in flight while something runs apart, and go on afterwards', async () => {
    const { push, apart, inFlight, waiting, log, finish, finishAll } = workers()
    push(0, entries('a', 1))
    push(1, entries('a', 1))
    await begun()
    expect(inFlight()).to.equal(2)
    push(0, entries('b', 1))
    const alone = apart(async () => { expect(inFlight()).to.equal(0) })
    await finish()
    await alone
    await eventually('the rest is in flight', () => log.length === 3)
    await finishAll()
    expect(waiting()).to.equal(0)
  })
})
