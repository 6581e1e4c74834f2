import type { Server } from 'node:http'
import type { Server as HttpsServer } from 'node:https'
import { graphqlServer, type GraphqlOptions } from '../../../adapters/inbound/graphql/server.ts'
import { close, listen } from '../../../adapters/inbound/http/admin-server.ts'
import { apiServer, type ApiServerOptions } from '../../../adapters/inbound/http/api-server.ts'
import { memoryApi } from './ask-api.ts'

export interface ApiServer extends ReturnType<typeof memoryApi> {
  readonly port: number
  readonly server: Server | HttpsServer
  /** Status codes answered so far. */
  readonly statuses: ReadonlyArray<number>
  readonly close: () => Promise<void>
}

export interface ApiServerChoices { readonly graphql?: Partial<GraphqlOptions>; readonly http?: Partial<ApiServerOptions> }

const PATIENCE = { headersMs: 5_000, requestMs: 15_000, idleMs: 2_000, answerMs: 15_000 }

/** The API over memory, in production mode, behind a real port on loopback. */
export const openApiServer = async ({ graphql, http }: ApiServerChoices = {}): Promise<ApiServer> => {
  const api = memoryApi()
  const statuses: number[] = []
  const server = apiServer({
    answer: graphqlServer({ ...api.options, production: true, ...graphql }), allowedOrigins: new Set(['https://inbox.example']),
    mostConnections: 100, patience: PATIENCE, onAnswered: (status) => { statuses.push(status) }, ...http,
  })
  const port = await listen(server, 0, '127.0.0.1')
  return { ...api, port, server, statuses, close: () => close(server, 100) }
}
