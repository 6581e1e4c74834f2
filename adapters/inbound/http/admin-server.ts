import { createServer, type RequestListener, type Server } from 'node:http'

/** One condition of readiness, by name; a false one is named in the answer, so that a tired person sees which. */
export interface ReadinessCheck { readonly name: string; readonly holds: () => boolean | Promise<boolean> }

export interface AdminServices {
  /** Asked at each look, for they change while a process starts and stops. */
  readonly checks: () => ReadonlyArray<ReadinessCheck>
  /** The Prometheus text format. */
  readonly scrape: () => Promise<string>
}

/** `/health` and `/ready` are the original's names (design 3). */
const LIVE = new Set(['/livez', '/health'])
const READY = new Set(['/readyz', '/ready'])
const CHECK_TIMEOUT_MS = 3_000

/** A check that does not answer does not hold: a frozen dependency answers nothing. */
const held = async ({ holds }: ReadinessCheck): Promise<boolean> => {
  const silent = Promise.withResolvers<boolean>()
  const timer = setTimeout(() => { silent.resolve(false) }, CHECK_TIMEOUT_MS)
  try {
    return await Promise.race([Promise.resolve().then(holds).catch(() => false), silent.promise])
  } finally {
    clearTimeout(timer)
  }
}

const readiness = async (checks: ReadonlyArray<ReadinessCheck>): Promise<{ ready: boolean; waitingFor: ReadonlyArray<string> }> => {
  const results = await Promise.all(checks.map(held))
  const waitingFor = checks.filter((_, i) => results[i] !== true).map(({ name }) => name)
  return { ready: waitingFor.length === 0, waitingFor }
}

const answer = async (path: string, { checks, scrape }: AdminServices): Promise<readonly [status: number, type: string, body: string]> => {
  if (LIVE.has(path)) return [200, 'application/json', '{"status":"ok"}']
  if (READY.has(path)) {
    const state = await readiness(checks())
    return [state.ready ? 200 : 503, 'application/json', JSON.stringify(state)]
  }
  if (path === '/metrics') return [200, 'text/plain; version=0.0.4; charset=utf-8', await scrape()]
  return [404, 'application/json', '{"status":"not found"}']
}

/** Liveness, readiness and metrics, on a port of their own that is never exposed (bad inputs H13). */
const adminListener = (services: AdminServices): RequestListener => (request, response) => {
  const path = (request.url ?? '/').split('?')[0] ?? '/'
  const allowed = request.method === 'GET' || request.method === 'HEAD'
  void (allowed ? answer(path, services) : Promise.resolve([405, 'application/json', '{"status":"method not allowed"}'] as const))
    .catch(() => [500, 'application/json', '{"status":"error"}'] as const)
    .then(([status, type, body]) => {
      response.writeHead(status, { 'content-type': type }).end(request.method === 'HEAD' ? undefined : body)
    })
}

/** Listens, or fails with the reason (`EADDRINUSE`: bad inputs C19). */
export const listen = async (server: Server, port: number, host: string): Promise<number> => {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', reject)
  server.listen(port, host, () => { server.off('error', reject); resolve() })
  await promise
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : port
}

/** Stops accepting, lets running requests finish for `graceMs`, then cuts them. */
export const close = async (server: Server, graceMs = 5_000): Promise<void> => {
  const closed = Promise.withResolvers<void>()
  server.close(() => { closed.resolve() })
  server.closeIdleConnections()
  const timer = setTimeout(() => { server.closeAllConnections() }, graceMs)
  await closed.promise
  clearTimeout(timer)
}

export const adminServer = (services: AdminServices): Server =>
  createServer({ requestTimeout: 10_000, headersTimeout: 5_000, keepAliveTimeout: 5_000 }, adminListener(services))
