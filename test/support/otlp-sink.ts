import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A span as OTLP has it in JSON: https://github.com/open-telemetry/opentelemetry-proto/blob/main/docs/specification.md#json-protobuf-encoding */
export interface ExportedSpan {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly name: string
  readonly kind: number
  readonly attributes: ReadonlyArray<{ readonly key: string; readonly value: Readonly<Record<string, unknown>> }>
  readonly links?: ReadonlyArray<{ readonly traceId: string; readonly spanId: string }>
  readonly status?: { readonly code?: number }
}

interface Scope { readonly spans: ReadonlyArray<ExportedSpan> }
interface Exported { readonly resourceSpans?: ReadonlyArray<{ readonly scopeSpans: ReadonlyArray<Scope> }> }

export interface OtlpSink {
  /** What makes a process of the service export to it, soon. */
  readonly env: Readonly<Record<string, string>>
  readonly spans: () => ReadonlyArray<ExportedSpan>
  /** Everything that was received, as text. */
  readonly text: () => string
  readonly close: () => Promise<void>
}

export const attributeOf = ({ attributes }: ExportedSpan, name: string): unknown =>
  Object.values(attributes.find(({ key }) => key === name)?.value ?? {})[0]

const listening = async (server: Server): Promise<number> => {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return (server.address() as AddressInfo).port
}

const closed = (server: Server) => async (): Promise<void> => {
  server.closeAllConnections()
  await once(server.close(), 'close')
}

const exporting = (port: number): OtlpSink['env'] => ({ OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
  OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json', OTEL_BSP_SCHEDULE_DELAY: '200' })

/** A collector that keeps what it gets. */
export const openOtlpSink = async (): Promise<OtlpSink> => {
  const bodies: string[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => { chunks.push(chunk) })
    request.on('end', () => {
      bodies.push(Buffer.concat(chunks).toString())
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    })
  })
  return { env: exporting(await listening(server)), text: () => bodies.join('\n'), close: closed(server),
    spans: () => bodies.flatMap((body) => (JSON.parse(body) as Exported).resourceSpans ?? [])
      .flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)) }
}

/** A collector that takes connections and never answers. */
export const openSilentCollector = async (): Promise<Pick<OtlpSink, 'env' | 'close'> & { readonly asked: () => number }> => {
  let asked = 0
  const server = createServer(() => { asked += 1 })
  return { env: exporting(await listening(server)), asked: () => asked, close: closed(server) }
}
