import type { Container } from 'inversify'
import { readFileSync } from 'node:fs'
import type { LagAfter } from '../inbound/graphql/context.ts'
import type { Authentication } from '../inbound/graphql/identity.ts'
import { toPersistedOperations, type PersistedOperations } from '../inbound/graphql/persisted-operations.ts'
import type { GraphqlOptions } from '../inbound/graphql/server.ts'
import type { Tls } from '../inbound/http/tls.ts'
import { developmentSecrets } from './development-secrets.ts'
import { lagBehind } from './lag.ts'
import type { Settings } from './settings.ts'
import { token } from './tokens.ts'

const MS_PER_SECOND = 1_000
const SECONDS_PER_MINUTE = 60

const authenticationOf = (settings: Settings): Authentication => {
  if (settings.authMode === 'header') return { mode: 'header' }
  const { jwtJwksUrl: jwksUrl, jwtIssuer: issuer, jwtAudience: audience, jwksCooldownSeconds, jwtMaxMinutes } = settings
  const keys = jwksUrl === undefined ? { shared: developmentSecrets(settings).jwtKey }
    : { jwksUrl, cooldownMs: jwksCooldownSeconds * MS_PER_SECOND }
  return { mode: 'jwt', issuer, audience, keys,
    ...(jwtMaxMinutes === undefined ? {} : { maxLifetimeSeconds: jwtMaxMinutes * SECONDS_PER_MINUTE }) }
}

/** A file that is not a list of texts ends the start: clients that rely on it would get nothing else. */
const persistedOf = ({ persistedOperationsFile: path, persistedOnly }: Settings): PersistedOperations => {
  const texts: unknown = path === undefined ? [] : JSON.parse(readFileSync(path, 'utf8'))
  if (!Array.isArray(texts) || !texts.every((text) => typeof text === 'string'))
    throw new Error('DAISI_PERSISTED_OPERATIONS_FILE must hold a JSON list of texts')
  return toPersistedOperations(texts, persistedOnly === 'on')
}

const lagReader = async (container: Container): Promise<LagAfter> => {
  const [log, clock] = [await container.getAsync(token.eventLog), container.get(token.clock)]
  return async (position) => (await lagBehind(position, log, clock)) ?? 0
}

export const graphqlOptions = async (container: Container, settings: Settings): Promise<GraphqlOptions> => {
  const [logger, { graphqlErrors }] = [container.get(token.logger), container.get(token.metrics)]
  return {
    authentication: authenticationOf(settings), cursorSecret: developmentSecrets(settings).cursorSecret, production: settings.production,
    openReads: await container.getAsync(token.openReads), openOperations: await container.getAsync(token.openOperations),
    standing: await container.getAsync(token.standing),
    share: { concurrency: settings.apiConcurrency, rowsPerSecond: settings.apiRowsPerSecond }, persisted: persistedOf(settings),
    tracing: container.get(token.tracing), lagAfter: await lagReader(container),
    onBug: (cause, correlationId) => { logger.error('a query failed', { correlationId }, cause) },
    onError: (code) => { graphqlErrors.inc({ code }) },
    onConflict: (company) => { logger.warn('a token came with another company\'s x-company-id', { company }) },
  }
}

/** TLS of the API where a certificate is given; elsewhere something in front of it ends TLS. */
export const tlsOf = ({ apiTlsCertificate, apiTlsKey, apiTlsClientCa }: Settings): { readonly tls?: Tls } => {
  if (apiTlsCertificate === undefined || apiTlsKey === undefined) return {}
  const [certificate, key] = [readFileSync(apiTlsCertificate, 'utf8'), readFileSync(apiTlsKey, 'utf8')]
  return { tls: { certificate, key, ...(apiTlsClientCa === undefined ? {} : { clientCa: readFileSync(apiTlsClientCa, 'utf8') }) } }
}
