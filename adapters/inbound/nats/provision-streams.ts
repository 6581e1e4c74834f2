import { DiscardPolicy, type JetStreamManager, type StreamConfig } from '@nats-io/jetstream'
import { DLQ_STREAM, driftOf, isMissingStream, newStream, STREAMS, type Wanted } from './streams.ts'

/** What the operator wants of the streams beyond the contract. */
export interface Provision {
  /** Companies to make room for: each has a durable in each stream of events. */
  readonly companies: number
  readonly replicas: number
  /** Most bytes of each stream of events; publishers are refused beyond, and nothing is thrown away. Undefined: no limit. */
  readonly maxBytes: number | undefined
}

export interface Provisioned { readonly stream: string; readonly made: boolean; readonly drift: ReadonlyArray<string> }

/** A tenth more than there are companies (design 4). */
const consumersFor = (companies: number): number => Math.ceil(companies * 1.1)

/** The stream of dead letters is not limited: what does not fit there would hold up the relay; PostgreSQL has the letters. */
const sized = ({ name }: Wanted, maxBytes: number | undefined): Partial<StreamConfig> =>
  (maxBytes === undefined || name === DLQ_STREAM ? {} : { max_bytes: maxBytes, discard: DiscardPolicy.New })

const wantedConfig = (wanted: Wanted, { companies, replicas, maxBytes }: Provision) => ({
  ...newStream(wanted), num_replicas: replicas, max_consumers: consumersFor(companies), ...sized(wanted, maxBytes),
})

/** The nats CLI has no flag for it. */
const consumersCommand = (name: string, consumers: number): string =>
  `nats stream info ${name} --json | jq '.config | .max_consumers=${consumers}' > ${name}.json && nats stream edit ${name} --config ${name}.json`

const extraDrift = (wanted: ReturnType<typeof wantedConfig>, actual: StreamConfig): ReadonlyArray<string> => {
  const { name, max_bytes: bytes } = wanted
  const isUnsized = bytes !== undefined && (actual.max_bytes !== bytes || actual.discard !== DiscardPolicy.New)
  return [
    ...(actual.num_replicas === wanted.num_replicas ? []
      : [`stream ${name} has ${actual.num_replicas} replicas: nats stream edit ${name} --replicas=${wanted.num_replicas}`]),
    ...(actual.max_consumers >= wanted.max_consumers ? []
      : [`stream ${name} has no room for ${wanted.max_consumers} durables: ${consumersCommand(name, wanted.max_consumers)}`]),
    ...(isUnsized ? [`stream ${name} is not limited to ${bytes} bytes: nats stream edit ${name} --max-bytes=${bytes} --discard=new`] : []),
  ]
}

const provisionOne = async (jsm: JetStreamManager, wanted: Wanted, provision: Provision): Promise<Provisioned> => {
  const config = wantedConfig(wanted, provision)
  try {
    const { config: actual } = await jsm.streams.info(wanted.name)
    return { stream: wanted.name, made: false, drift: [...driftOf(wanted, actual), ...extraDrift(config, actual)] }
  } catch (cause) {
    if (!isMissingStream(cause)) throw cause
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
