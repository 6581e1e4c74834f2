import { driftOfDurables } from '../../inbound/nats/survey.ts'
import type { Settings } from '../settings.ts'
import {
  judgeDrift, judgeExcluded, judgeForeign, judgeMissingDurables, judgePresence, judgeUnlimited, judgeWaiting,
} from './broker-findings.ts'
import { ok, type Check, type Finding } from './check.ts'
import { judgeLimits, judgeMaxPayload, judgeNatsVersion, judgeStore, judgeSync, type Limited } from './nats-findings.ts'
import type { NatsSources } from './nats-sources.ts'

const MS_PER_SECOND = 1_000
const NANOS_PER_SECOND = 1_000_000_000

const limitsOf = async ({ account, streams, server }: NatsSources): Promise<ReadonlyArray<Limited>> => {
  const [{ storage, consumers, limits }, { found }, settings] = [await account(), await streams(), await server()]
  return [
    { what: 'bytes of the account', used: storage, limit: limits.max_storage },
    { what: 'durables of the account', used: consumers, limit: limits.max_consumers },
    { what: 'bytes of JetStream', used: storage, limit: settings?.maxStore ?? 0 },
    ...found.map(({ config, state }) => ({ what: `bytes of ${config.name}`, used: state.bytes, limit: config.max_bytes })),
    ...found.map(({ config, state }) => ({ what: `durables of ${config.name}`, used: state.consumer_count,
      limit: config.max_consumers > 0 ? config.max_consumers : (settings?.maxConsumers ?? 0) })),
  ]
}

const waitingOf = async ({ unprocessed, streams }: NatsSources): Promise<Finding> => {
  const { found } = await streams()
  const maxAges = new Map(found.map(({ config }) => [config.name, config.max_age / NANOS_PER_SECOND]))
  const now = Date.now()
  return judgeWaiting((await unprocessed()).map(({ stream, publishedAtMs }) =>
    ({ stream, ageSeconds: Math.max(0, (now - publishedAtMs) / MS_PER_SECOND), maxAgeSeconds: maxAges.get(stream) ?? 0 })))
}

const serverChecks = ({ connection, server }: NatsSources, production: boolean): Readonly<Record<string, Check['look']>> => ({
  'answers': async () => ok(`a round trip takes ${await (await connection()).rtt()} ms`),
  'version': async () => judgeNatsVersion((await connection()).info?.version ?? ''),
  'power cut': async () => { await connection(); return judgeSync(await server(), production) },
  'place of the events': async () => { await connection(); return judgeStore(await server(), production) },
  'largest event': async () => judgeMaxPayload((await connection()).info?.max_payload ?? 0),
})

/** Everything about NATS that an operator can put right. */
export const natsChecks = (sources: NatsSources, { production, ackWaitSeconds }: Settings): ReadonlyArray<Check> => {
  const { streams, durables, subjects, excluded } = sources
  const looks: Readonly<Record<string, Check['look']>> = {
    ...serverChecks(sources, production),
    'limits': async () => judgeLimits(await limitsOf(sources)),
    'streams': async () => judgePresence((await streams()).missing),
    'settings of the streams': async () => judgeDrift((await streams()).drift),
    'room of the streams': async () => judgeUnlimited((await streams()).found.filter(({ config }) => config.max_bytes <= 0)
      .map(({ config }) => config.name)),
    'durables': async () => {
      const surveyed = await durables()
      return judgeMissingDurables(surveyed.flatMap(({ durable, info }) => (info === undefined ? [durable.name] : [])), surveyed.length)
    },
    'settings of the durables': async () => judgeDrift(driftOfDurables(await durables(), ackWaitSeconds)),
    'oldest event waiting': () => waitingOf(sources),
    'events of other releases': async () => judgeForeign((await subjects()).foreign),
    'companies left out': async () => judgeExcluded(await excluded()),
  }
  return Object.entries(looks).map(([name, look]) => ({ area: 'nats', name, look }))
}
