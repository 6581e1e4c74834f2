import type { Container } from 'inversify'
import { graphqlServer } from '../inbound/graphql/server.ts'
import { close, listen } from '../inbound/http/admin-server.ts'
import { apiServer, type Patience } from '../inbound/http/api-server.ts'
import { graphqlOptions, tlsOf } from './api-options.ts'
import { startProcess, type Work } from './process.ts'
import type { Settings } from './settings.ts'
import type { Stoppable } from './shutdown.ts'
import { token } from './tokens.ts'
import { tracedAnswer } from './tracing.ts'

/** Idle and slow clients are cut (bad inputs Q34, H12). */
const PATIENCE: Patience = { headersMs: 10_000, requestMs: 15_000, idleMs: 10_000, answerMs: 30_000 }

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
  return { checks: [{ name: 'http', holds: () => server.listening }], stop: () => close(server) }
}

/** The GraphQL API (design 2, 7). */
export const startServeProcess = (settings: Settings): Promise<Stoppable> => startProcess({ name: 'serve', logins: [
  { through: 'readOrm', role: 'daisi_reader' }, { through: 'orm', role: 'daisi_reader' }, { through: 'orm', role: 'daisi_projector' },
  { through: 'orm', role: 'daisi_ops' },
] }, settings, (container) => startWork(container, settings))
