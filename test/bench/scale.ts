import { emptyStreams, freshDatabase } from './bench-ingest.ts'
import { ratio, spread } from './frame/figures.ts'
import { inAlternation } from './frame/rounds.ts'
import type { Bench } from './frame/run-bench.ts'
import { askedOnce, httpLoad, type Asked } from './http-load.ts'
import { ingestRound, rates } from './ingest-round.ts'
import { published } from './load.ts'
import { PAGE_REQUESTS, type PageName } from './page-requests.ts'
import { withPlace, type Place } from './place.ts'
import { benchService } from './service.ts'
import { BATCHED, COMPANIES } from './shapes.ts'
import { storeMessages } from './stored-messages.ts'

const MESSAGES = 5_000_000
const FEW_MESSAGES = 100_000
/** Each asks for a company of its own. */
const READERS = 4
const WARM_UP_SECONDS = 1.5
const FULL_PAGE = 50
/** States, facts and timeline with their indexes, and as much write-ahead log again (measured 4.1 kB a message). */
const DISK_BYTES_OF_A_MESSAGE = 6_000
const DISK_BYTES_BESIDE = 12e9

const askingAt = (url: string, page: PageName): ReadonlyArray<Asked> => Array.from({ length: READERS }, (_, i) => ({
  method: 'POST', url, headers: { 'content-type': 'application/json', 'x-company-id': `many-${i * COMPANIES / READERS}` },
  body: JSON.stringify(PAGE_REQUESTS[page]),
}))

/** Of full pages: one that is not would be measured as a fast one. */
const p99OfPage = async (url: string, page: PageName, seconds: number): Promise<number> => {
  const asking = askingAt(url, page)
  for (const asked of asking) {
    const rows = (await askedOnce(asked)).match(/"cursor":/g)?.length ?? 0
    if (rows !== FULL_PAGE) throw new Error(`the ${page} page has ${rows} rows instead of ${FULL_PAGE}`)
  }
  await httpLoad(asking, WARM_UP_SECONDS)
  return (await httpLoad(asking, seconds)).p99Ms
}

interface Measured { readonly perSecond: number; readonly inboxMs: number; readonly timelineMs: number }

/** Messages that are new to both databases, then both pages. */
const measuring = (place: Place, databaseUrl: string, { events, seconds, seed }: { events: number; seconds: number; seed: number }) => {
  let round = 0
  return async (): Promise<Measured> => {
    round += 1
    await emptyStreams(place.connection)
    const load = await published(place.connection, { prefix: 'many', companies: COMPANIES, events, seed, ids: `R${round}-` })
    const { perSecond } = await ingestRound({ ...place, load, shape: BATCHED, databaseUrl })
    const serve = await benchService('serve', place.servers, databaseUrl, { env: { AUTH_MODE: 'header' } })
    const inboxMs = await p99OfPage(serve.httpUrl, 'inbox', seconds)
    const timelineMs = await p99OfPage(serve.httpUrl, 'timeline', seconds)
    await serve.stop()
    return { perSecond, inboxMs, timelineMs }
  }
}

const show = ({ perSecond, inboxMs, timelineMs }: Measured): string =>
  `${perSecond.toFixed(0)}/s; p99 of the inbox ${inboxMs.toFixed(1)} ms, of a timeline ${timelineMs.toFixed(1)} ms`

/** What changes when much is stored: throughput of the pipeline, and the 99th percentile of both pages of the API. */
export const scaleBench: Bench = (
  { messages = MESSAGES, events = 20_000, rounds = 5, seconds = 4, seed },
) => withPlace(async (place) => {
  const [large, small] = [await freshDatabase(place.servers.databaseUrl), await freshDatabase(place.servers.databaseUrl)]
  await storeMessages(large, messages)
  await storeMessages(small, Math.min(messages, FEW_MESSAGES))
  const { many, few } = await inAlternation({
    many: measuring(place, large, { events, seconds, seed }), few: measuring(place, small, { events, seconds, seed }),
  }, { rounds, show })
  const inbox = (some: ReadonlyArray<Measured>): ReadonlyArray<number> => some.map(({ inboxMs }) => inboxMs)
  const timeline = (some: ReadonlyArray<Measured>): ReadonlyArray<number> => some.map(({ timelineMs }) => timelineMs)
  return [ratio('ratioPipeline', rates(many), rates(few), { least: 0.75 }), ratio('ratioInboxP99', inbox(many), inbox(few), { most: 2 }),
    ratio('ratioTimelineP99', timeline(many), timeline(few), { most: 2 }), spread('perSecondMany', rates(many)),
    spread('perSecondFew', rates(few)), spread('inboxP99MsMany', inbox(many)), spread('inboxP99MsFew', inbox(few)),
    spread('timelineP99MsMany', timeline(many)), spread('timelineP99MsFew', timeline(few))]
}, { diskBytes: messages * DISK_BYTES_OF_A_MESSAGE + DISK_BYTES_BESIDE })
