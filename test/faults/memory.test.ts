import { expect } from 'chai'
import { setTimeout as sleep } from 'node:timers/promises'
import { found } from './figures.ts'
import { COMPANIES, openBacklog, peakMegabytes, workOff } from './environment/backlog.ts'
import { openCluster } from './harness/cluster.ts'

const SMALL = 1_000
const LARGE = Number(process.env['BACKLOG'] ?? 1_000_000)
/** Events that each run works off: the same work, so that only the backlog differs. */
const WORK = Math.min(LARGE, 40_000)
/** Reliability G16. */
const MOST_RATIO = 1.2
const WITHIN_MS = 480_000
const STEADY_MS = 5_000

/**
 * Peaks since the start of ingest, which knows all companies: with the backlog and no PostgreSQL; then, after it has worked. In
 * megabytes.
 */
interface Peaks { readonly waitingMb: number; readonly workingMb: number }

/** Grows no more. */
const untilSteady = async (pid: number): Promise<number> => {
  for (let before = 0; ; await sleep(STEADY_MS)) {
    const peak = peakMegabytes(pid)
    if (peak === before) return peak
    before = peak
  }
}

const peaksWith = async (events: number): Promise<Peaks> => {
  const cluster = await openCluster({ natsSync: 'default', postgresSettings: { synchronous_commit: 'off' } })
  try {
    const { pid, adminUrl } = await cluster.add('ingest', 'ingest').untilReady()
    const backlog = await openBacklog(cluster.nats.url)
    await workOff(adminUrl, backlog, COMPANIES, COMPANIES)
    await cluster.postgres.hold('SIGINT')
    await backlog.add(events)
    const waitingMb = await untilSteady(pid)
    cluster.postgres.resume()
    await workOff(adminUrl, backlog, WORK, SMALL)
    await backlog.close()
    return { waitingMb, workingMb: peakMegabytes(pid) }
  } finally {
    await cluster.stop()
  }
}

describe(`the memory of ingest with a backlog of ${LARGE} events, and with one of ${SMALL}`, () => {
  let [small, large]: [Peaks, Peaks] = [{ waitingMb: 0, workingMb: 0 }, { waitingMb: 0, workingMb: 0 }]

  before(async function () {
    this.timeout(WITHIN_MS * 2)
    small = await peaksWith(SMALL)
    large = await peaksWith(LARGE)
    found('memory', { backlogs: [SMALL, LARGE], workedOff: WORK, peaks: { small, large },
      ratios: { waiting: large.waitingMb / small.waitingMb, working: large.workingMb / small.workingMb } })
  })

  it('is no larger while PostgreSQL is away', () => {
    expect(large.waitingMb / small.waitingMb).to.be.at.most(MOST_RATIO)
  })

  it('is no larger while it works', () => {
    expect(large.workingMb / small.workingMb).to.be.at.most(MOST_RATIO)
  })
})
