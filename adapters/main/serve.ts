import type { Container } from 'inversify'
import { createServer } from 'node:http'
import type { LagAfter } from '../inbound/graphql/context.ts'
import type { Authentication } from '../inbound/graphql/identity.ts'
import { graphqlServer } from '../inbound/graphql/server.ts'
import { close, listen } from '../inbound/http/admin-server.ts'
import { developmentSecrets } from './development-secrets.ts'
import { lagBehind } from './lag.ts'
import { startProcess, type Work } from './process.ts'
import type { Settings } from './settings.ts'
import type { Stoppable } from './shutdown.ts'
import { token } from './tokens.ts'

/** Idle and slow clients are cut (bad inputs Q34, H3). */
const HTTP_LIMITS = { requestTimeout: 15_000, headersTimeout: 10_000, keepAliveTimeout: 10_000, maxHeaderSize: 16_384 }
const MOST_CONNECTIONS = 2_000

const authenticationOf = (settings: Settings): Authentication => {
  if (settings.authMode === 'header') return { mode: 'header' }
  const { jwtJwksUrl, jwtIssuer: issuer, jwtAudience: audience } = settings
  return { mode: 'jwt', issuer, audience,
    keys: jwtJwksUrl === undefined ? { shared: developmentSecrets(settings).jwtKey } : { jwksUrl: jwtJwksUrl } }
}

const lagReader = async (container: Container): Promise<LagAfter> => {
  const [log, clock] = [await container.getAsync(token.eventLog), container.get(token.clock)]
  return async (position) => (await lagBehind(position, log, clock)) ?? 0
}

const startWork = async (container: Container, settings: Settings): Promise<Work> => {
  const [logger, { requests, requestSeconds }] = [container.get(token.logger), container.get(token.metrics)]
  const yoga = graphqlServer({
    authentication: authenticationOf(settings), cursorSecret: developmentSecrets(settings).cursorSecret, production: settings.production,
    openReads: await container.getAsync(token.openReads), lagAfter: await lagReader(container),
    onBug: (cause, correlationId) => { logger.error('a query failed', { correlationId }, cause) },
  })
  const server = createServer(HTTP_LIMITS, (request, response) => {
    const timed = requestSeconds.startTimer()
    response.once('finish', () => {
      timed()
      requests.inc({ status: `${Math.floor(response.statusCode / 100)}xx` })
    })
    void yoga(request, response)
  })
  server.maxConnections = MOST_CONNECTIONS
  const port = await listen(server, settings.httpPort, settings.host)
  logger.info('answering', { url: `http://${settings.host}:${port}/graphql` })
  return { checks: [{ name: 'http', holds: () => server.listening }], stop: () => close(server) }
}

/** The GraphQL API (design 2, 7). */
export const startServeProcess = (settings: Settings): Promise<Stoppable> =>
  startProcess({ name: 'serve', logins: [{ through: 'readOrm', role: 'daisi_reader' }, { through: 'orm', role: 'daisi_projector' }] },
    settings, (container) => startWork(container, settings))
