import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { HandleBatch } from '../../application/commands/handle-batch.ts'
import type { EventLog } from '../../application/ports/event-log.ts'
import type { ReadModelStore } from '../../application/ports/read-model-store.ts'
import { overTraces, type TraceParent, type Tracing } from '../../application/ports/tracing.ts'
import * as E from 'fp-ts/lib/Either.js'
import type { Answer } from '../inbound/http/answer.ts'
import type { Logger } from '../outbound/telemetry/logger.ts'
import { openTracing, untraced, type OpenedTracing } from '../outbound/telemetry/open-tracing.ts'
import type { Around } from './around.ts'
import { projectRoot } from './embedded/project-root.ts'
import type { Environment } from './settings.ts'

const ENDPOINTS = ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'OTEL_CONFIG_FILE']

const isGiven = (value: string | undefined): boolean => value !== undefined && value !== ''

/** Off unless `OTEL_*` says where traces go. Variables: https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/ */
const isTracingWanted = (env: Environment): boolean => {
  if (env['OTEL_SDK_DISABLED']?.toLowerCase() === 'true' || env['OTEL_TRACES_EXPORTER'] === 'none') return false
  return isGiven(env['OTEL_TRACES_EXPORTER']) || ENDPOINTS.some((name) => isGiven(env[name]))
}

export const releaseOf = (): string =>
  String((JSON.parse(readFileSync(join(projectRoot(), 'package.json'), 'utf8')) as { readonly version: unknown }).version)

/** Of one process, as the environment says. */
export const tracingOf = (process: string, env: Environment, logger: Logger): Promise<OpenedTracing> => (isTracingWanted(env)
  ? openTracing({ serviceName: env['OTEL_SERVICE_NAME'] ?? `daisi-${process}`, serviceVersion: releaseOf(),
    instanceId: randomUUID() }, logger)
  : Promise.resolve(untraced))

/** A span for each operation on PostgreSQL inside another span; what polls leaves none. SQL text is never part of it. */
export const tracedOperations = ({ inside }: Tracing): Around => (operation, run) =>
  inside(operation, { kind: 'client', attributes: { 'db.system.name': 'postgresql', 'db.operation.name': operation } }, run)

/** What policies and jobs lead to, in the traces of the facts or events that they follow. */
export const tracedHandle = (tracing: Tracing, handle: HandleBatch, what: 'facts' | 'batch' = 'facts'): HandleBatch => (batch) => () =>
  overTraces(tracing, batch.flatMap(({ cause: { trace } }) => (trace === undefined ? [] : [trace])),
    [`process ${what}`, { kind: 'consumer' }], handle(batch))

type TracedPorts = readonly [log: EventLog, store: ReadModelStore]

/**
 * A projection's ports. A page that is applied is a span that links to the traces of its facts, and each of them gets a span that
 * says when it could be read: so a trace goes on from the commit to the read model.
 */
export const tracedProjection = (tracing: Tracing, [log, store]: TracedPorts, projection: string): TracedPorts => {
  if (!tracing.isOn) return [log, store]
  let [traces, readAt]: [ReadonlyArray<TraceParent>, number] = [[], 0]
  const name = `project ${projection}`
  const attributes = { 'daisi.projection': projection }
  return [{ ...log, read: (...asked) => async () => {
    readAt = Date.now()
    const page = await log.read(...asked)()
    traces = E.isRight(page) ? [...new Set(page.right.facts.flatMap(({ trace }) => (trace === undefined ? [] : [trace])))] : []
    return page
  } }, { ...store, advance: (of, step) => () =>
    overTraces(tracing, traces, [name, { kind: 'consumer', attributes, startedAtMs: readAt }], async (page) => {
      const advanced = await store.advance(of, step)()
      if (traces.length > 1 && page !== undefined) for (const parent of traces)
        tracing.open(name, { kind: 'consumer', attributes, parent, links: [page.traceParent], startedAtMs: readAt })?.end()
      return advanced
    }) }]
}

/** A span for each request, part of the caller's trace if it names one. */
export const tracedAnswer = (tracing: Tracing, answer: Answer): Answer => (tracing.isOn
  ? (request) => tracing.within(`${request.method} /graphql`, { kind: 'server', parent: request.headers['traceparent'],
    attributes: { 'http.request.method': request.method, 'http.route': '/graphql' } }, async (span) => {
    const answered = await answer(request)
    span?.set({ 'http.response.status_code': answered.status })
    return answered
  })
  : answer)
