import { openOrm } from '../../adapters/outbound/postgres/orm.ts'
import { REALTIME_STREAM } from '../../adapters/inbound/nats/streams.ts'
import { freshDatabase } from './bench-ingest.ts'
import { bulkWrites } from './bulk-writes.ts'
import { caughtUp } from './caught-up.ts'
import { cpuEach, cpuNow, cpuSum, type Cpu } from './frame/cpu.ts'
import { ratio, spread } from './frame/figures.ts'
import { inAlternation, type Variant } from './frame/rounds.ts'
import type { Bench } from './frame/run-bench.ts'
import { ingestRound, rates, roundInWords } from './ingest-round.ts'
import { messageEvents, published } from './load.ts'
import { withPlace, type Place } from './place.ts'
import { preparedSaves, type PreparedSave } from './prepared-saves.ts'
import { BATCHED, COMPANIES } from './shapes.ts'

/** As the service has it (adapters/main/settings-table.ts). */
const POOL = 6
const WRITERS = 2
const MS_PER_SECOND = 1_000

interface Projected { readonly perSecond: number; readonly cpu: Cpu }

/** All projections side by side, as the service runs them, over a log that is there already. */
const projectorRound = ({ servers }: Place, saves: ReadonlyArray<PreparedSave>): Variant<Projected> => async () => {
  const databaseUrl = await freshDatabase(servers.databaseUrl)
  await bulkWrites(databaseUrl, saves, WRITERS)
  const orm = await openOrm({ url: databaseUrl, poolSize: POOL, name: 'bench-projector' })
  const [begun, before] = [performance.now(), cpuNow(servers)]
  const facts = await caughtUp(orm)
  const [seconds, cpu] = [(performance.now() - begun) / MS_PER_SECOND, cpuEach(before, cpuNow(servers), facts)]
  await orm.close()
  return { perSecond: facts / seconds, cpu }
}

/** Facts that wait in the log, folded into the read models; against events through the pipeline in the same run. */
export const projectorBench: Bench = ({ events = 20_000, rounds = 5, seed }) => withPlace(async (place) => {
  const options = { prefix: 'many', companies: COMPANIES, events, seed }
  const saves = await preparedSaves(REALTIME_STREAM, messageEvents(options), BATCHED.maxItems)
  const load = await published(place.connection, options)
  const { projector, pipeline } = await inAlternation<'projector' | 'pipeline', Projected>({
    projector: projectorRound(place, saves),
    pipeline: async () => ingestRound({ ...place, load, shape: BATCHED, databaseUrl: await freshDatabase(place.servers.databaseUrl) }),
  }, { rounds, show: roundInWords })
  const cpu = projector.map((round) => round.cpu)
  return [ratio('ratioPipeline', rates(projector), rates(pipeline), { least: 1.5 }), spread('factsPerSecond', rates(projector)),
    spread('pipelinePerSecond', rates(pipeline)), spread('cpuMicros', cpu.map(cpuSum)),
    spread('cpuMicrosNode', cpu.map(({ node }) => node)), spread('cpuMicrosPostgresql', cpu.map(({ postgresql }) => postgresql))]
})
