import { expect } from 'chai'
import { setTimeout as sleep } from 'node:timers/promises'
import { median } from '../../bench/median.ts'
import { found, seed } from '../figures.ts'
import type { Cluster } from '../harness/cluster.ts'
import { soak, type Soaked } from '../harness/soak.ts'
import { msUntilApplied, msUntilShown } from './progress.ts'
import { startTcpProxy, type TcpProxy } from './tcp-proxy.ts'
import type { Direction, Toxic } from './toxics.ts'

/** How long each fault lasts. */
const FAULT_MS = Number(process.env['TOXIC_SECONDS'] ?? 3) * 1_000
/** What a broken connection had taken with it, the broker sends again after this: longer than any other recovery. */
const ACK_WAIT_SECONDS = 5
const RECOVERED_WITHIN_MS = 20_000
const WITHIN_MS = 30 * (FAULT_MS + RECOVERED_WITHIN_MS / 2)

interface Fault { readonly toxic: Toxic; readonly directions?: ReadonlyArray<Direction>; readonly breaks?: true }

/** The seven toxics, and a link that is dead one way only. */
const TOXICS: Readonly<Record<string, Fault>> = {
  'latency': { toxic: { kind: 'latency', ms: 300, jitterMs: 150 } },
  'bandwidth': { toxic: { kind: 'bandwidth', bytesPerSecond: 65_536 } },
  'slow close': { toxic: { kind: 'slow_close', ms: FAULT_MS / 2 }, directions: ['down'] },
  'black hole': { toxic: { kind: 'timeout' } },
  'black hole, one way': { toxic: { kind: 'timeout' }, directions: ['down'] },
  'reset': { toxic: { kind: 'reset', everyMs: FAULT_MS / 4 }, breaks: true },
  'slicer': { toxic: { kind: 'slicer', bytes: 1, gapMs: 0 } },
  'limit of bytes': { toxic: { kind: 'limit_bytes', bytes: 20_000 }, breaks: true },
}
const AMBIGUOUS_COMMIT: Fault = { toxic: { kind: 'ambiguous_commit', each: 1 }, breaks: true }
const AMBIGUOUS_ACK: Fault = { toxic: { kind: 'ambiguous_ack', each: 3 }, breaks: true }

/** What can go wrong with each link; all of it does. */
const FAULTS = {
  'ingest to NATS': { ...TOXICS, 'ambiguous acknowledgement': AMBIGUOUS_ACK },
  'ingest to PostgreSQL': { ...TOXICS, 'ambiguous commit': AMBIGUOUS_COMMIT },
  'project to PostgreSQL': { ...TOXICS, 'ambiguous commit': AMBIGUOUS_COMMIT },
} as const
type LinkName = keyof typeof FAULTS
type Links = Readonly<Record<LinkName, TcpProxy>>

/** Connections that the fault has broken; from its end until all that had been published is applied, or shown. */
interface Felt { readonly link: LinkName; readonly fault: string; readonly breaks: boolean; readonly cuts: number;
  readonly recoveredMs: number }

const arrange = async (cluster: Cluster): Promise<Links> => {
  const links = { 'ingest to NATS': await startTcpProxy(cluster.nats.url),
    'ingest to PostgreSQL': await startTcpProxy(cluster.postgres.url),
    'project to PostgreSQL': await startTcpProxy(cluster.postgres.url) }
  cluster.add('ingest', 'ingest', { NATS_URL: links['ingest to NATS'].url, DATABASE_URL: links['ingest to PostgreSQL'].url,
    DAISI_ACK_WAIT_SECONDS: String(ACK_WAIT_SECONDS) })
  cluster.add('project', 'project', { DATABASE_URL: links['project to PostgreSQL'].url })
  return links
}

const suffer = async (cluster: Cluster, links: Links, link: LinkName, fault: string): Promise<Felt> => {
  const { toxic, directions, breaks = false } = (FAULTS[link] as Readonly<Record<string, Fault>>)[fault] ?? AMBIGUOUS_COMMIT
  const before = links[link].cuts()
  links[link].poison(toxic, directions)
  if (toxic.kind === 'slow_close') links[link].hangUp()
  await sleep(FAULT_MS)
  links[link].poison()
  const recoveredMs = await (link === 'project to PostgreSQL' ? msUntilShown : msUntilApplied)(cluster, RECOVERED_WITHIN_MS)
  return { link, fault, breaks, cuts: links[link].cuts() - before, recoveredMs }
}

const sufferAll = async (cluster: Cluster, links: Links): Promise<ReadonlyArray<Felt>> => {
  const felt: Felt[] = []
  for (const [link, faults] of Object.entries(FAULTS))
    for (const fault of Object.keys(faults)) felt.push(await suffer(cluster, links, link as LinkName, fault))
  return felt
}

/** Recovery by link and fault, in ms. */
const recoveries = (felt: ReadonlyArray<Felt>): Readonly<Record<string, Readonly<Record<string, number>>>> =>
  Object.fromEntries(Object.keys(FAULTS).map((link) =>
    [link, Object.fromEntries(felt.filter((one) => one.link === link).map(({ fault, recoveredMs }) => [fault, recoveredMs]))]))

describe(`every fault on every link for ${FAULT_MS / 1_000} s, under load, seed ${seed}`, () => {
  let soaked: Soaked<ReadonlyArray<Felt>>

  before(async function () {
    this.timeout(WITHIN_MS)
    let links: Links | undefined
    soaked = await soak({ seed, companies: ['link-a', 'link-b', 'link-c'], rate: 60, env: {}, quietWithinMs: 60_000,
      arrange: async (cluster) => { links = await arrange(cluster) } }, async (cluster) => {
      if (links === undefined) throw new Error('nothing is arranged')
      return sufferAll(cluster, links)
    }).finally(() => Promise.all(Object.values(links ?? {}).map((link) => link.close())))
    const { verdict: { events, lost, appliedTwice }, redeliveryFactor, result } = soaked
    const times = result.map(({ recoveredMs }) => recoveredMs)
    found('toxics', { events, lost, appliedTwice, redeliveryFactor: Number(redeliveryFactor.toFixed(2)), faults: result.length,
      faultMs: FAULT_MS,
      ackWaitSeconds: ACK_WAIT_SECONDS,
      cuts: result.reduce((sum, { cuts }) => sum + cuts, 0), recoveredMs: { median: median(times), longest: Math.max(...times) },
      recoveries: recoveries(result) })
  })

  it('loses nothing, and applies nothing twice', () => {
    expect(soaked.verdict).to.deep.include({ lost: 0, appliedTwice: 0, problems: [] })
  })

  it('has felt every fault that breaks connections', () => {
    expect(soaked.result.filter(({ breaks, cuts }) => breaks && cuts === 0)).to.deep.equal([])
  })

  it('works again soon after the end of each', () => {
    expect(soaked.result.filter(({ recoveredMs }) => recoveredMs > RECOVERED_WITHIN_MS)).to.deep.equal([])
  })
})
