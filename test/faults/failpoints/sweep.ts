import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { spawnService, type ServiceProcess } from '../../support/service-process.ts'
import { openCluster, type Cluster } from '../harness/cluster.ts'
import { judgeCluster } from '../harness/judge-cluster.ts'
import type { Verdict } from '../oracle/judge.ts'
import type { Publish } from '../workload/plan.ts'
import { openPublisher, type Publisher } from '../workload/publisher.ts'
import type { Case } from './cases.ts'
import { failpointEnv, REACHED } from './failpoint.ts'

const PROGRAM = fileURLToPath(new URL('dying-process.ts', import.meta.url))
const REACHED_WITHIN_MS = 60_000
const LOOK_EVERY_MS = 10

/** Post-scan syncs run at once. */
const SYNC_SECONDS = 1

/** Events of a process that died come again after this: the shortest there is. */
const ENV = { DAISI_ACK_WAIT_SECONDS: '2', DAISI_POLL_MS: '50', DAISI_SYNC_DELAY_SECONDS: String(SYNC_SECONDS) } as const

const publishesOf = ({ events, failpoint: { company, action } }: Case, firstId: number): ReadonlyArray<Publish> =>
  events.map(({ subject, body, refusals, passing = false }, i) =>
    ({ id: firstId + i, subject, refusals, passing, syncSeconds: SYNC_SECONDS, msgId: `${company}-${action}-${i}`, body: Buffer.from(body).toString('base64') }))

/** Resolves when the failpoint has been reached; false when it ended otherwise, or not at all. */
const reached = async (dying: ServiceProcess): Promise<boolean> => {
  for (const end = Date.now() + REACHED_WITHIN_MS; Date.now() < end && dying.isRunning(); await sleep(LOOK_EVERY_MS))
    if (dying.log().includes(REACHED)) return true
  return dying.log().includes(REACHED)
}

/** Lets the case's events flow through its process until that fails; says what was not as it must be. */
/** Deaths one after the other, in one process's first moments, are more than an event can be innocent of: so few share a process. */
const runCase = async ({ nats, postgres }: Cluster, { role, failpoint }: Case, before: Case | undefined): Promise<string | undefined> => {
  const name = `${failpoint.boundary}, ${failpoint.event}, ${failpoint.action}`
  const companies = [...(before === undefined ? [] : [before.failpoint.company]), failpoint.company]
  const dying = await spawnService(role, { NATS_URL: nats.url, DATABASE_URL: postgres.url, COMPANY_IDS: companies.join(','), ...ENV,
    ...failpointEnv(failpoint) }, PROGRAM)
  const isReached = await reached(dying)
  if (!isReached) return `${name}: not reached, ended with ${await dying.end('SIGKILL')}\n${dying.log()}`
  const survives = failpoint.action === 'throw'
  const ending = survives ? await dying.end('SIGTERM') : await dying.ended
  return ending === (survives ? 0 : 'SIGKILL') ? undefined : `${name}: ended with ${ending}\n${dying.log()}`
}

const QUIET_WITHIN_MS = 120_000

const runCases = async (cluster: Cluster, publisher: Publisher, cases: ReadonlyArray<Case>): Promise<ReadonlyArray<string>> => {
  const problems: string[] = []
  let id = publisher.entries().length
  for (const [i, one] of cases.entries()) {
    const publishes = publishesOf(one, id)
    id += publishes.length
    await publisher.publish(publishes)
    const problem = await runCase(cluster, one, cases[i - 1])
    if (problem !== undefined) problems.push(problem)
  }
  return problems
}

/** What the cases did otherwise than they must, and what came of all their events in the end. */
export interface Swept { readonly problems: ReadonlyArray<string>; readonly verdict: Verdict }

/**
 * All cases one after the other on servers of their own. Each process also works off what its predecessor left behind; whole
 * processes then bring everything to its end, and the oracle judges it.
 */
export const sweep = async (cases: ReadonlyArray<Case>): Promise<Swept> => {
  const cluster = await openCluster()
  const publisher = await openPublisher(cluster.nats.url)
  try {
    const dyingIngests = await runCases(cluster, publisher, cases.filter(({ role }) => role === 'ingest'))
    cluster.add('ingest', 'ingest', ENV)
    const dyingProjects = await runCases(cluster, publisher, cases.filter(({ role }) => role === 'project'))
    cluster.add('project', 'project', ENV)
    cluster.add('serve', 'serve')
    return { problems: [...dyingIngests, ...dyingProjects], verdict: await judgeCluster(cluster, publisher, QUIET_WITHIN_MS) }
  } finally {
    await publisher.close()
    await cluster.stop()
  }
}
