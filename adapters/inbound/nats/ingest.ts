import { jetstreamManager } from '@nats-io/jetstream'
import { setTimeout as sleep } from 'node:timers/promises'
import { NOBODY } from '../../../application/ports/failed-events.ts'
import { discovery } from './discovery.ts'
import { followCompanies, type FollowOptions } from './follow-companies.ts'
import { invalidCompanies } from './invalid-company.ts'
import { pipeline, type Pipeline, type PipelineOptions } from './pipeline.ts'
import { seldom } from './seldom.ts'
import { streamWatch } from './stream-watch.ts'
import { isStreamMissing } from './streams.ts'

export interface IngestOptions extends Omit<PipelineOptions, 'weightOf'>, FollowOptions {}

export interface Ingest {
  /** False while a dependency is down or pulling has come to a stand. */
  readonly isPulling: () => boolean
  /** Stops pulling, lets the work in hand end and settle for at most `withinMs`, gives the rest back. */
  readonly stop: (withinMs: number) => Promise<void>
}

const LOOK_EVERY_MS = 1_000
const SAVE_EVERY_MS = 3_000
const REFRESH_EVERY_MS = 30_000
const MEND_EVERY_MS = 5_000
/** Missing ones that are consumed are noticed by the next look already. */
const STREAMS_EVERY_MS = 30_000
/** A loop that has not come round, or a durable that has not been heard of, for this long is stuck. */
const STUCK_AFTER_MS = 60_000
const DRAINED_EVERY_MS = 10
const SAY_EVERY_MS = 60_000
const FAILED_LOOK = 'a look at the streams or the registry failed; trying again'

interface Loops { readonly cameRoundAt: () => number; readonly stop: () => Promise<void> }

type Step = readonly [everyMs: number, step: () => Promise<void>]

/** Each step again and again, on its own; one that fails is said and tried again. */
const repeat = (steps: ReadonlyArray<Step>, failed: (cause: unknown) => void): Loops => {
  const stopping = new AbortController()
  let cameRoundAt = Date.now()
  const loop = async ([everyMs, step]: Step): Promise<void> => {
    while (!stopping.signal.aborted) {
      await step().then(() => { cameRoundAt = Date.now() }, failed)
      await sleep(everyMs, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  }
  const running = steps.map(loop)
  return {
    cameRoundAt: () => cameRoundAt,
    stop: async () => {
      stopping.abort()
      await Promise.all(running)
    },
  }
}

const isAlive = (...times: ReadonlyArray<number>): boolean => Date.now() - Math.min(...times) < STUCK_AFTER_MS

/** During an outage nothing would drain. */
const drained = async (work: Pipeline, withinMs: number): Promise<void> => {
  const end = Date.now() + withinMs
  while (work.held() > 0 && !work.isOpen() && Date.now() < end) await sleep(DRAINED_EVERY_MS)
}

/** A look that finds a stream missing has it made again, and looks once more. */
const mending = <A>(look: () => Promise<A>, watchStreams: () => Promise<void>) => (): Promise<A> =>
  look().catch(async (cause: unknown) => {
    if (!isStreamMissing(cause)) throw cause
    await watchStreams()
    return look()
  })

/** Starts pulling; resolves when the streams exist. Companies are consumed as they are discovered. */
export const startIngest = async (options: IngestOptions): Promise<Ingest> => {
  const { connection, companyIds, probe } = options
  const [onTrouble, jsm] = [seldom(options.onTrouble, SAY_EVERY_MS), await jetstreamManager(connection)]
  const watchStreams = streamWatch(jsm, { onTrouble, onMade: () => { probe.mended('stream') } })
  await watchStreams()
  const work = pipeline({ ...options, weightOf: (companyId) => companies.weightOf(companyId) })
  const companies = followCompanies({ ...options, onTrouble }, jsm, work)
  const readInvalid = invalidCompanies(jsm, (incoming) => { work.accept(incoming, NOBODY) })
  const look = mending(discovery(jsm), watchStreams)

  const lookOnce = async (): Promise<void> => {
    probe.queued(work.waiting())
    const found = await look()
    await companies.follow(found)
    if (companyIds.length === 0) for (const invalid of found.invalid) await readInvalid(invalid)
  }
  const { save, refresh, mend } = companies
  const loops = repeat([[LOOK_EVERY_MS, lookOnce], [SAVE_EVERY_MS, save], [REFRESH_EVERY_MS, refresh], [MEND_EVERY_MS, mend],
    [STREAMS_EVERY_MS, watchStreams]], (cause) => { onTrouble(FAILED_LOOK, cause instanceof Error ? { cause: cause.name } : {}) })

  return {
    isPulling: () => !work.isOpen() && isAlive(loops.cameRoundAt(), companies.quietSince() ?? Infinity),
    stop: async (withinMs) => {
      await loops.stop()
      await companies.stop()
      await drained(work, withinMs)
      work.stop()
      await connection.flush().catch(() => undefined)
      await save().catch(() => undefined)
    },
  }
}
