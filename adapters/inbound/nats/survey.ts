import type { ConsumerInfo, JetStreamManager, StreamInfo } from '@nats-io/jetstream'
import { atMost } from './at-most.ts'
import { durableOf, type CompanyDurable } from './company-durable.ts'
import { CONSUMED_STREAMS, tellSubjects } from './discovery.ts'
import { durableDrift } from './durable-drift.ts'
import { isBehind, oldestAtBroker } from './oldest-at-broker.ts'
import { driftOf, type Drift } from './stream-drift.ts'
import { isStreamMissing, STREAMS } from './streams.ts'

/**
 * What an operator wants to know of the broker; only reads. Everything rejects with the broker's errors; a stream that is
 * missing is told by `surveyStreams` and has no subjects and no durables.
 */

export interface StreamsSurveyed {
  readonly found: ReadonlyArray<StreamInfo>
  readonly missing: ReadonlyArray<string>
  readonly drift: ReadonlyArray<Drift>
}

const unlessMissing = <A>(cause: unknown, otherwise: A): A => {
  if (isStreamMissing(cause)) return otherwise
  throw cause
}

export const surveyStreams = async (jsm: JetStreamManager): Promise<StreamsSurveyed> => {
  const looked = await Promise.all(STREAMS.map(async (wanted) =>
    ({ wanted, info: await jsm.streams.info(wanted.name).catch((cause: unknown) => unlessMissing(cause, undefined)) })))
  return {
    found: looked.flatMap(({ info }) => (info === undefined ? [] : [info])),
    missing: looked.flatMap(({ wanted, info }) => (info === undefined ? [wanted.name] : [])),
    drift: looked.flatMap(({ wanted, info }) => (info === undefined ? [] : driftOf(wanted, info.config))),
  }
}

export interface SubjectsSurveyed {
  readonly durables: ReadonlyArray<CompanyDurable>
  /** Messages by a subject that this release does not know (design 10, E82). */
  readonly foreign: ReadonlyMap<string, number>
}

/** Who publishes: the durables that there should be, if every company is taken. */
export const surveySubjects = async (jsm: JetStreamManager): Promise<SubjectsSurveyed> => {
  const streams = await Promise.all(CONSUMED_STREAMS.map(async ([stream, rank]) => {
    const info = await jsm.streams.info(stream, { subjects_filter: '>' }).catch((cause: unknown) => unlessMissing(cause, undefined))
    const messages = info?.state.subjects ?? {}
    return { messages, told: tellSubjects(rank, Object.keys(messages)) }
  }))
  return {
    durables: streams.flatMap(({ told }) =>
      told.companies.map(({ companyId, rank, version }) => durableOf(companyId, rank, version))),
    foreign: new Map(streams.flatMap(({ messages, told }) => told.unknown.map((subject) => [subject, messages[subject] ?? 0] as const))),
  }
}

/** A durable as it should be and as it is; `info` is undefined where it is missing. */
export interface DurableSurveyed { readonly durable: CompanyDurable; readonly info: ConsumerInfo | undefined }

/** All of a stream; none where the stream is missing. */
export const consumersOf = async (jsm: JetStreamManager, stream: string): Promise<ReadonlyArray<ConsumerInfo>> => {
  try {
    const all: ConsumerInfo[] = []
    for await (const info of jsm.consumers.list(stream)) all.push(info)
    return all
  } catch (cause) {
    return unlessMissing(cause, [])
  }
}

export const surveyDurables = async (
  jsm: JetStreamManager, wanted: ReadonlyArray<CompanyDurable>,
): Promise<ReadonlyArray<DurableSurveyed>> => {
  const consumers = await Promise.all(CONSUMED_STREAMS.map(([stream]) => consumersOf(jsm, stream)))
  const infos = new Map(consumers.flat().map((info) => [`${info.stream_name} ${info.name}`, info]))
  return wanted.map((durable) => ({ durable, info: infos.get(`${durable.stream} ${durable.name}`) }))
}

export const driftOfDurables = (surveyed: ReadonlyArray<DurableSurveyed>, ackWaitSeconds: number): ReadonlyArray<Drift> =>
  surveyed.flatMap(({ durable, info }) => (info === undefined ? [] : durableDrift(durable, info, ackWaitSeconds)))

/** An event that is not processed yet: its stream and when it was published, ms since 1970 by the broker's clock. */
export interface Unprocessed { readonly stream: string; readonly publishedAtMs: number }

/** Messages asked for at a time, and durables asked about: those that are furthest behind. */
const AT_A_TIME = 16
const MOST_ASKED = 500

/** The oldest unprocessed event of each durable that is behind. */
export const surveyUnprocessed = async (
  jsm: JetStreamManager, surveyed: ReadonlyArray<DurableSurveyed>,
): Promise<ReadonlyArray<Unprocessed>> => {
  const turns = atMost(AT_A_TIME)
  const behind = surveyed.flatMap(({ durable, info }) =>
    (info !== undefined && isBehind(info) ? [{ durable, info }] : []))
    .sort((a, b) => a.info.ack_floor.stream_seq - b.info.ack_floor.stream_seq).slice(0, MOST_ASKED)
  const oldest = await Promise.all(behind.map(({ durable, info }) => turns(async () => {
    const publishedAtMs = await oldestAtBroker(jsm, durable, info)
    return publishedAtMs === undefined ? [] : [{ stream: durable.stream, publishedAtMs }]
  })))
  return oldest.flat()
}
