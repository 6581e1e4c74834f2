import type { Container } from 'inversify'
import { graphqlServer } from '../inbound/graphql/server.ts'
import { close, listen } from '../inbound/http/admin-server.ts'
import { apiServer, type Patience } from '../inbound/http/api-server.ts'
import { graphqlOptions, tlsOf } from './api-options.ts'
import { earlyFactGauges } from '../outbound/postgres/early-fact-gauges.ts'
import { startProcess, type Work } from './process.ts'
import { sampling } from './sampling.ts'
import type { Settings } from './settings.ts'
import type { Stoppable } from './shutdown.ts'
import { token } from './tokens.ts'
import { tracedAnswer } from './tracing.ts'

/** Idle and slow clients are cut (bad inputs Q34, H12). */
const PATIENCE: Patience = { headersMs: 10_000, requestMs: 15_000, idleMs: 10_000, answerMs: 30_000 }

/** A look at up to 100,000 rows; nobody acts on it within the minute. */
const EARLY_FACTS_EVERY_MS = 60_000

const sampleEarlyFacts = async (container: Container): Promise<Stoppable> => {
  const [orm, { earlyFacts, earlyFactsOfOne, earlyFactAge }] = [await container.getAsync(token.orm), container.get(token.metrics)]
  return sampling(EARLY_FACTS_EVERY_MS, async () => {
    const { kept, mostOfOneCompany, oldestSeconds } = await earlyFactGauges(orm)
    earlyFacts.set(kept)
    earlyFactsOfOne.set(mostOfOneCompany)
    earlyFactAge.set(oldestSeconds)
  })
}

/** Classes of the answers there are. */
const STATUSES = ['2xx', '4xx', '5xx']

const startWork = async (container: Container, settings: Settings): Promise<Work> => {
  const [logger, { requests, requestSeconds }] = [container.get(token.logger), container.get(token.metrics)]
  for (const status of STATUSES) requests.inc({ status }, 0)
  const server = apiServer({
    answer: tracedAnswer(container.get(token.tracing), graphqlServer(await graphqlOptions(container, settings))),
    allowedOrigins: new Set(settings.corsOrigins),
    mostConnections: settings.apiConnections, patience: PATIENCE, ...tlsOf(settings),
    onAnswered: (status, seconds) => {
      requestSeconds.observe(seconds)
      requests.inc({ status: `${Math.floor(status / 100)}xx` })
    },
  })
  const port = await listen(server, settings.httpPort, settings.host)
  logger.info('answering', { url: `${settings.apiTlsCertificate === undefined ? 'http' : 'https'}://${settings.host}:${port}/graphql` })
  const early = await sampleEarlyFacts(container)
  return { checks: [{ name: 'http', holds: () => server.listening }], stop: async () => {
    await early.stop()
    await close(server)
  } }
}

/** The GraphQL API (design 2, 7). */
export const startServeProcess = (settings: Settings): Promise<Stoppable> => startProcess({ name: 'serve', logins: [
  { through: 'readOrm', role: 'daisi_reader' }, { through: 'orm', role: 'daisi_reader' }, { through: 'orm', role: 'daisi_projector' },
  { through: 'orm', role: 'daisi_ops' },
] }, settings, (container) => startWork(container, settings))
