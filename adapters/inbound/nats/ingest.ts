import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Companies } from '../../../application/ports/companies.ts'
import { NOBODY } from '../../../application/ports/failed-events.ts'
import { awaitStreams, sayingWho } from './await-streams.ts'
import { older, type Backlog } from './backlog.ts'
import { companyRegistry } from './company-registry.ts'
import { discovery, type Discovered } from './discovery.ts'
import { followCompanies, type FollowOptions, type Following } from './follow-companies.ts'
import { invalidCompanies } from './invalid-company.ts'
import { ownedCompanies, type OwnedCompanies, type OwnedOptions } from './owned-companies.ts'
import { pipeline, type Pipeline, type PipelineOptions } from './pipeline.ts'
import { repeat } from './repeat.ts'
import { seldom } from './seldom.ts'
import { storageWatch } from './storage-watch.ts'
import { streamWatch } from './stream-watch.ts'
import { isStreamMissing } from './streams.ts'

export interface IngestOptions extends
  Omit<PipelineOptions, 'weightOf' | 'allowanceOf'>, Omit<FollowOptions, 'registry' | 'owned'>, OwnedOptions {
  readonly companies: Companies
}

export interface Ingest {
  /** False while a dependency is down or pulling has come to a stand. */
  readonly isPulling: () => boolean
  /** What waits, here and at the broker, as far as it is known now. */
  readonly backlog: () => Backlog
  /** False while the broker cannot write, though it answers: its disk is full. */
  readonly isStoring: () => boolean
  /** Stops pulling, lets the work in hand end and settle for at most `withinMs`, gives the rest back. */
  readonly stop: (withinMs: number) => Promise<void>
}

const LOOK_EVERY_MS = 1_000
const RENEW_EVERY_MS = 2_000
const SAVE_EVERY_MS = 3_000
const REFRESH_EVERY_MS = 10_000
const MEND_EVERY_MS = 5_000
/** Missing ones that are consumed are noticed by the next look already. */
const STREAMS_EVERY_MS = 30_000
const STORAGE_EVERY_MS = 5_000
/** When no loop has come round, or a durable has not been heard of, for this long, something is stuck. */
const STUCK_AFTER_MS = 60_000
const DRAINED_EVERY_MS = 10
const SAY_EVERY_MS = 60_000
const FAILED_LOOK = 'a look at the streams or the registry failed; trying again'

const isAlive = (...times: ReadonlyArray<number>): boolean => Date.now() - Math.min(...times) < STUCK_AFTER_MS

/** Ends the work; what is not settled by then is given back. During an outage nothing would drain. */
const drained = async (work: Pipeline, withinMs: number): Promise<void> => {
  const end = Date.now() + withinMs
  while (work.held() > 0 && !work.isOpen() && Date.now() < end) await sleep(DRAINED_EVERY_MS)
  work.stop()
}

/** A look that finds a stream missing has it made again, and looks once more. */
const mending = <A>(look: () => Promise<A>, watchStreams: () => Promise<void>) => (): Promise<A> =>
  look().catch(async (cause: unknown) => {
    if (!isStreamMissing(cause)) throw cause
    await watchStreams()
    return look()
  })

/**
 * Companies are consumed as they are discovered; events of invalid ones are read by one process of all, beside it: anybody can publish by
 * thousands of invalid names, and new companies need not wait for those.
 */
const looking = (jsm: JetStreamManager, companies: Following, work: Pipeline, { owned, watchStreams }: {
  readonly owned: OwnedCompanies; readonly watchStreams: () => Promise<void>
}) => {
  const readInvalid = invalidCompanies(jsm, (incoming) => { work.accept(incoming, NOBODY) })
  const look = mending(discovery(jsm), watchStreams)
  let invalid: Discovered['invalid'] = []
  return {
    look: async (): Promise<void> => {
      const found = await look()
      invalid = found.invalid
      await companies.follow(found)
    },
    readInvalid: async (): Promise<void> => { if (owned.isMine(NOBODY)) for (const one of invalid) await readInvalid(one) },
  }
}

const backlogOf = (work: Pipeline, companies: Following): Backlog => {
  const [held, waiting] = [work.holding(), companies.oldest()]
  return { ...held, queuedItems: work.waiting(), companies: companies.counts(), oldest: {
    realtime: older(held.oldest.realtime, waiting.realtime), history: older(held.oldest.history, waiting.history) } }
}

const renewing = (owned: OwnedCompanies, companies: Following) => async (): Promise<void> => {
  await owned.renew()
  await companies.letGo()
}

/** Starts pulling; resolves when the streams exist. */
export const startIngest = async (options: IngestOptions): Promise<Ingest> => {
  const { connection, probe } = options
  const [onTrouble, jsm] = [seldom(options.onTrouble, SAY_EVERY_MS), await jetstreamManager(connection, { checkAPI: false })]
  const watchStreams = sayingWho(streamWatch(jsm, { onTrouble, onMade: () => { probe.mended('stream') } }), onTrouble)
  await awaitStreams(watchStreams, onTrouble)
  const storage = storageWatch(jsm, onTrouble)
  const [registry, owned] = [companyRegistry(options.companies), ownedCompanies(options)]
  const work = pipeline({ ...options, ...registry })
  const companies = followCompanies({ ...options, onTrouble, registry, owned }, jsm, work)
  const { look, readInvalid } = looking(jsm, companies, work, { owned, watchStreams })
  await owned.renew().catch(() => undefined)
  const loops = repeat([[LOOK_EVERY_MS, look], [LOOK_EVERY_MS, readInvalid], [RENEW_EVERY_MS, renewing(owned, companies)],
    [SAVE_EVERY_MS, companies.save], [REFRESH_EVERY_MS, registry.refresh], [MEND_EVERY_MS, companies.mend],
    [STREAMS_EVERY_MS, watchStreams], [STORAGE_EVERY_MS, storage.look]],
  (cause) => { onTrouble(FAILED_LOOK, cause instanceof Error ? { cause: cause.name } : {}) })

  return {
    backlog: () => backlogOf(work, companies),
    isPulling: () => !work.isOpen() && isAlive(loops.cameRoundAt(), companies.quietSince() ?? Infinity),
    isStoring: storage.isStoring,
    stop: async (withinMs) => {
      await loops.stop()
      await companies.stop()
      await owned.end()
      await drained(work, withinMs)
      await connection.flush().catch(() => undefined)
      await companies.save().catch(() => undefined)
    },
  }
}
