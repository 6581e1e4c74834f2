import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { CompanyId } from '../../domain/company.ts'
import { aToken, tokenIssuer } from '../support/a-token.ts'
import { freshDatabase } from './bench-ingest.ts'
import { closedAtEnd } from './frame/ending.ts'
import { ratio, spread, type Figure } from './frame/figures.ts'
import { inAlternation } from './frame/rounds.ts'
import { withServers, type Bench } from './frame/run-bench.ts'
import { askedOnce, httpLoad, type Asked, type Load } from './http-load.ts'
import { PAGE_REQUESTS, type PageName } from './page-requests.ts'
import { recordedPages, type RecordedPages } from './recorded-pages.ts'
import { benchService } from './service.ts'
import { storeMessages } from './stored-messages.ts'

const BARE = fileURLToPath(new URL('./bare-handler.ts', import.meta.url))
const CONNECTIONS = 50
const MESSAGES = 100_000
/** Of the service (adapters/main/settings-table.ts). */
const POOL = 6
const SECONDS = 4

/** Each connection is a company of its own. */
const companyAt = (i: number): CompanyId => `many-${i}` as CompanyId

const connections = <A>(one: (i: number) => A): ReadonlyArray<A> => Array.from({ length: CONNECTIONS }, (_, i) => one(i))

/** The bare handler in a process of its own; its address. */
const startBare = async (databaseUrl: string, recorded: RecordedPages): Promise<{ url: string; stop: () => Promise<unknown> }> => {
  const child = spawn(process.execPath, [BARE, databaseUrl, String(POOL), JSON.stringify(recorded)],
    { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  const stop = closedAtEnd(() => {
    child.kill()
    return ended
  })
  const gone = ended.then(() => { throw new Error('the bare handler has ended') })
  const [port] = await Promise.race([once(child.stdout, 'data'), gone]) as [Buffer]
  return { url: `http://127.0.0.1:${String(port).trim()}`, stop }
}

const askingBare = (url: string, page: PageName): ReadonlyArray<Asked> =>
  connections((i) => ({ method: 'GET', url: `${url}/${page}/${companyAt(i)}` }))

const askingService = async (url: string, page: PageName): Promise<ReadonlyArray<Asked>> => Promise.all(connections(async (i) => ({
  method: 'POST' as const, url, body: JSON.stringify(PAGE_REQUESTS[page]),
  headers: { 'content-type': 'application/json', accept: 'application/json',
    authorization: `Bearer ${await aToken({ company: companyAt(i), expiresInSeconds: 36_000 })}` },
})))

/** Signatures differ, the rest is the same to the letter. */
const withoutSignatures = (json: string): string =>
  json.replace(/("(?:cursor|endCursor)":")([\w-]+)"/g, (_, name: string, cursor: string) =>
    `${name}${Buffer.from(cursor, 'base64url').subarray(18).toString('latin1')}"`)

/** What answers otherwise is not measured against each other. */
const checked = async (ours: ReadonlyArray<Asked>, bare: ReadonlyArray<Asked>): Promise<void> => {
  for (const [i, asked] of ours.entries()) {
    const [answer, wanted] = [await askedOnce(asked), await askedOnce(bare[i] ?? asked)]
    if (withoutSignatures(answer) !== withoutSignatures(wanted))
      throw new Error(`the answers differ:\n${answer.slice(0, 600)}\n${wanted.slice(0, 600)}`)
  }
}

const show = ({ perSecond, p50Ms, p99Ms }: Load): string => `${perSecond.toFixed(0)}/s, p50 ${p50Ms.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms`

const rates = (loads: ReadonlyArray<Load>): ReadonlyArray<number> => loads.map(({ perSecond }) => perSecond)
const slowest = (loads: ReadonlyArray<Load>): ReadonlyArray<number> => loads.map(({ p99Ms }) => p99Ms)

const figuresOf = (page: 'inbox' | 'timeline', ours: ReadonlyArray<Load>, bare: ReadonlyArray<Load>): ReadonlyArray<Figure> => [
  ratio(`${page}Ratio`, rates(ours), rates(bare), { least: 0.55 }), ratio(`${page}P99Ratio`, slowest(ours), slowest(bare)),
  spread(`${page}PerSecond`, rates(ours)), spread(`${page}BarePerSecond`, rates(bare)), spread(`${page}P99Ms`, slowest(ours)),
]

/** Pages of fifty through the real serve process, fifty connections, against a bare handler with the same SQL and the same JSON. */
export const graphqlBench: Bench = ({ messages = MESSAGES, rounds = 5, seconds = SECONDS }) => withServers(async (servers) => {
  const databaseUrl = await freshDatabase(servers.databaseUrl)
  await storeMessages(databaseUrl, messages)
  const serve = await benchService('serve', servers, databaseUrl, { env: { JWT_KEY: tokenIssuer.key } })
  const bare = await startBare(databaseUrl, await recordedPages(databaseUrl, companyAt(0), PAGE_REQUESTS))
  const asking = { inbox: await askingService(serve.httpUrl, 'inbox'), timeline: await askingService(serve.httpUrl, 'timeline'),
    inboxBare: askingBare(bare.url, 'inbox'), timelineBare: askingBare(bare.url, 'timeline') }
  await checked(asking.inbox, asking.inboxBare)
  await checked(asking.timeline, asking.timelineBare)
  const { inbox, inboxBare, timeline, timelineBare } = await inAlternation({
    inbox: () => httpLoad(asking.inbox, seconds), inboxBare: () => httpLoad(asking.inboxBare, seconds),
    timeline: () => httpLoad(asking.timeline, seconds), timelineBare: () => httpLoad(asking.timelineBare, seconds),
  }, { rounds, show })
  await bare.stop()
  await serve.stop()
  return [...figuresOf('inbox', inbox, inboxBare), ...figuresOf('timeline', timeline, timelineBare)]
})
