import { expect } from 'chai'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { couldNotRun, found, seed } from '../figures.ts'
import type { Cluster } from '../harness/cluster.ts'
import { soak, type Soaked } from '../harness/soak.ts'
import { clockLibrary, clockOfFile, wrongClock } from './wrong-clock.ts'

const WITHIN_MS = 180_000
const EVENTS = 1_500
/** In seconds. */
const HOUR = 3_600

const problem = ((): string | undefined => {
  try {
    clockLibrary()
    return undefined
  } catch (cause) {
    return String(cause)
  }
})()

/** One ingest is ahead and jumps further, the other is behind; the clock of project runs ten times too fast. */
const arrange = async (cluster: Cluster, clock: string): Promise<void> => {
  const library = clockLibrary()
  cluster.add('ingest-ahead', 'ingest', clockOfFile(library, clock))
  cluster.add('ingest-behind', 'ingest', wrongClock(library, '-3h'))
  cluster.add('project', 'project', wrongClock(library, '+0 x10'))
  cluster.add('serve', 'serve')
}

/** Seconds that each process is ahead, by the date that its admin port answers with. */
type Ahead = Readonly<Record<string, number>>

const lookAtClocks = async ({ services }: Cluster): Promise<Ahead> =>
  Object.fromEntries(await Promise.all(services.map(async (service) => {
    const { adminUrl } = await service.untilReady()
    const date = (await fetch(`${adminUrl}/livez`)).headers.get('date') ?? ''
    return [service.name, Math.round((Date.parse(date) - Date.now()) / 1_000)] as const
  })))

if (problem !== undefined) {
  describe('wrong clocks', () => {
    it('cannot be had on this machine: said and counted as not run', () => {
      process.stdout.write(`    not run: wrong clocks (${problem})\n`)
      couldNotRun('wrong clocks')
      expect(problem).not.to.equal('')
    })
  })
} else describe(`clocks two to three hours ahead, three behind, and ten times too fast, seed ${seed}`, () => {
  let soaked: Soaked<readonly [before: Ahead, after: Ahead]>

  before(async function () {
    this.timeout(WITHIN_MS)
    const folder = mkdtempSync(join(tmpdir(), 'daisi-clock-'))
    const clock = join(folder, 'clock')
    writeFileSync(clock, '+2h')
    soaked = await soak({ seed, companies: ['clock-a', 'clock-b'], rate: 100, env: {}, quietWithinMs: 60_000,
      arrange: (cluster) => arrange(cluster, clock) }, async (cluster, load) => {
      await load.reached(EVENTS / 2)
      const before = await lookAtClocks(cluster)
      writeFileSync(clock, '+3h')
      await load.reached(EVENTS)
      return [before, await lookAtClocks(cluster)] as const
    }).finally(() => { rmSync(folder, { recursive: true, force: true }) })
    const { verdict: { events, lost, appliedTwice }, result: [before, after] } = soaked
    found('wrong clocks', { events, lost, appliedTwice, secondsAhead: { before, after } })
  })

  it('has run with clocks that were wrong', () => {
    const [before, after] = soaked.result
    expect(before['ingest-ahead']).to.be.closeTo(2 * HOUR, 10)
    expect(after['ingest-ahead']).to.be.closeTo(3 * HOUR, 10)
    expect(after['ingest-behind']).to.be.closeTo(-3 * HOUR, 10)
    expect(after['project']).to.be.greaterThan((before['project'] ?? 0) + 20)
    expect(after['serve']).to.be.closeTo(0, 10)
  })

  it('leaves everything as a run with right clocks does', () => {
    expect(soaked.verdict).to.deep.include({ lost: 0, appliedTwice: 0, problems: [] })
  })
})
