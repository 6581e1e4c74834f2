import { connect } from '@nats-io/transport-node'
import type { NatsConnection } from '@nats-io/nats-core'
import { emptyStreams, freshDatabase } from './bench-ingest.ts'
import type { BenchServers } from './bench-servers.ts'
import { cpuSum } from './frame/cpu.ts'
import { ratio, spread, type Figure } from './frame/figures.ts'
import { inAlternation, type Variant } from './frame/rounds.ts'
import { withServers, type Bench } from './frame/run-bench.ts'
import { ingestRound, type Round, type Shape } from './ingest-round.ts'
import { published, type Load } from './load.ts'

const COMPANIES = 64
const BATCHED: Shape = { maxItems: 1_000, slots: 2 }
/** One event per transaction, one and sixteen at a time: the reference (issue, design). */
const ONE: Shape = { maxItems: 1, slots: 1 }
const SIXTEEN: Shape = { maxItems: 1, slots: 16 }
/** The slow ones need no more to be measured as well. */
const FEWER = { one: 40, sixteen: 10 }

interface Place { readonly servers: BenchServers; readonly connection: NatsConnection }

const afresh = (place: Place, load: Load, shape: Shape): Variant<Round> => async () =>
  ingestRound({ ...place, load, shape, databaseUrl: await freshDatabase(place.servers.databaseUrl) })

const fewer = ({ companyIds, events }: Load, times: number): Load => ({ companyIds, events: Math.ceil(events / times) })

const show = ({ perSecond, cpu }: Round): string =>
  `${perSecond.toFixed(0)}/s; CPU of an event: Node ${cpu.node.toFixed(0)} + PostgreSQL ${cpu.postgresql.toFixed(0)} + NATS ${cpu.nats.toFixed(0)} µs`

const rates = (rounds: ReadonlyArray<Round>): ReadonlyArray<number> => rounds.map(({ perSecond }) => perSecond)

const measure = async (place: Place, events: number, rounds: number, seed: number): Promise<ReadonlyArray<Figure>> => {
  const many = await published(place.connection, { prefix: 'many', companies: COMPANIES, events, seed })
  const single = await published(place.connection, { prefix: 'single', companies: 1, events, seed })
  const { batched, one, sixteen, batchedSingle, oneSingle, sixteenSingle } = await inAlternation({
    batched: afresh(place, many, BATCHED), one: afresh(place, fewer(many, FEWER.one), ONE),
    sixteen: afresh(place, fewer(many, FEWER.sixteen), SIXTEEN),
    batchedSingle: afresh(place, single, BATCHED), oneSingle: afresh(place, fewer(single, FEWER.one), ONE),
    sixteenSingle: afresh(place, fewer(single, FEWER.sixteen), SIXTEEN),
  }, { rounds, show })
  return [
    ratio('ratioOne', rates(batched), rates(one), { least: 15 }), ratio('ratioSixteen', rates(batched), rates(sixteen), { least: 8 }),
    ratio('ratioOneSingleCompany', rates(batchedSingle), rates(oneSingle)),
    ratio('ratioSixteenSingleCompany', rates(batchedSingle), rates(sixteenSingle)),
    spread('batchedPerSecond', rates(batched)), spread('onePerSecond', rates(one)), spread('sixteenPerSecond', rates(sixteen)),
    spread('cpuMicros', batched.map(({ cpu }) => cpuSum(cpu)), { most: 120 }),
    spread('cpuMicrosNode', batched.map(({ cpu }) => cpu.node)), spread('cpuMicrosPostgresql', batched.map(({ cpu }) => cpu.postgresql)),
    spread('cpuMicrosNats', batched.map(({ cpu }) => cpu.nats)),
  ]
}

/** Events that wait, through the real pipeline to committed, against one event per transaction. */
export const pipelineBench: Bench = ({ events = 20_000, rounds = 5, seed }) => withServers(async (servers) => {
  const connection = await connect({ servers: servers.natsUrl })
  await emptyStreams(connection)
  return measure({ servers, connection }, events, rounds, seed)
})
