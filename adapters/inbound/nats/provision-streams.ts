import { DiscardPolicy, type JetStreamManager, type StreamConfig } from '@nats-io/jetstream'
import { driftOf, type Drift, type WantedStream } from './stream-drift.ts'
import { DLQ_STREAM, isStreamMissing, newStream, STREAMS } from './streams.ts'

/** What the operator wants of the streams beyond the contract. */
export interface Provision {
  /** Companies to make room for: each has a durable in each stream of events. */
  readonly companies: number
  readonly replicas: number
  /** Most bytes of each stream of events; publishers are refused beyond, and nothing is thrown away. Undefined: no limit. */
  readonly maxBytes: number | undefined
}

export interface Provisioned { readonly stream: string; readonly made: boolean; readonly drift: ReadonlyArray<Drift> }

/** A tenth more than there are companies (design 4). */
const consumersFor = (companies: number): number => Math.ceil(companies * 1.1)

/** The stream of dead letters is not limited: what does not fit there would hold up the relay; PostgreSQL has the letters. */
const sized = ({ name }: WantedStream, maxBytes: number | undefined): Partial<StreamConfig> =>
  (maxBytes === undefined || name === DLQ_STREAM ? {} : { max_bytes: maxBytes, discard: DiscardPolicy.New })

const wantedConfig = (wanted: WantedStream, { companies, replicas, maxBytes }: Provision) => ({
  ...newStream(wanted), num_replicas: replicas, max_consumers: consumersFor(companies), ...sized(wanted, maxBytes),
})

/** The nats CLI has no flag for it. */
const consumersCommand = (name: string, consumers: number): string =>
  `nats stream info ${name} --json | jq '.config | .max_consumers=${consumers}' > ${name}.json && nats stream edit ${name} --config ${name}.json`

const extraDrift = (wanted: ReturnType<typeof wantedConfig>, actual: StreamConfig): ReadonlyArray<Drift> => {
  const { name, num_replicas: replicas, max_consumers: consumers, max_bytes: bytes } = wanted
  const isUnsized = bytes !== undefined && (actual.max_bytes !== bytes || actual.discard !== DiscardPolicy.New)
  return [
    ...(actual.num_replicas === replicas ? [] : [{ what: `stream ${name} has ${actual.num_replicas} replicas; ${replicas} are asked for`,
      change: `nats stream edit ${name} --replicas=${replicas}`, endangers: actual.num_replicas < replicas }]),
    ...(actual.max_consumers >= consumers ? [] : [{ what: `stream ${name} has no room for ${consumers} durables`,
      change: consumersCommand(name, consumers), endangers: false }]),
    ...(isUnsized ? [{ what: `stream ${name} is not limited to ${bytes} bytes`,
      change: `nats stream edit ${name} --max-bytes=${bytes} --discard=new`, endangers: false }] : []),
  ]
}

const provisionOne = async (jsm: JetStreamManager, wanted: WantedStream, provision: Provision): Promise<Provisioned> => {
  const config = wantedConfig(wanted, provision)
  try {
    const { config: actual } = await jsm.streams.info(wanted.name)
    return { stream: wanted.name, made: false, drift: [...driftOf(wanted, actual), ...extraDrift(config, actual)] }
  } catch (cause) {
    if (!isStreamMissing(cause)) throw cause
    await jsm.streams.add(config)
    return { stream: wanted.name, made: true, drift: [] }
  }
}

/** Makes what is missing; compares what is there and never changes it (design 4). Rejects with the broker's errors. */
export const provisionStreams = async (jsm: JetStreamManager, provision: Provision): Promise<ReadonlyArray<Provisioned>> => {
  const provisioned: Provisioned[] = []
  for (const wanted of STREAMS) provisioned.push(await provisionOne(jsm, wanted, provision))
  return provisioned
}
