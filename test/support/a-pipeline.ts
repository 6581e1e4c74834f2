import { pipeline, type Pipeline, type PipelineOptions } from '../../adapters/inbound/nats/pipeline.ts'
import type { IngestProbe } from '../../adapters/inbound/nats/ingest-probe.ts'
import { memoryFailedEvents } from '../../adapters/outbound/memory/failed-events.ts'
import { memoryLog } from '../../adapters/outbound/memory/memory-log.ts'
import { memoryTransactions } from '../../adapters/outbound/memory/transactions.ts'
import { noTracing } from '../../application/ports/tracing.ts'
import { handleBatch } from '../../application/commands/handle-batch.ts'
import { translating } from './translating.ts'

const clock = { nowMs: () => Date.now() }

export const silentProbe: IngestProbe = {
  settled: () => undefined, failed: () => undefined, repaired: () => undefined, batch: () => undefined, received: () => undefined,
  mended: () => undefined, unusual: () => undefined,
  opened: () => undefined, closed: () => undefined,
}

/** What a pipeline needs, in memory; `log` holds the facts that it leads to. */
export const inMemory = () => {
  const log = memoryLog()
  const failedEvents = memoryFailedEvents()
  const options: Omit<PipelineOptions, 'weightOf' | 'allowanceOf'> = {
    handle: handleBatch(memoryTransactions(log, clock)), failedEvents, clock, probe: silentProbe, tracing: noTracing, ...translating,
    historyMode: 'accept_valid', slots: 2, ackWaitSeconds: 60,
    retryInSeconds: () => 60, maxItems: 100, maxBytes: 1_048_576,
  }
  return { log, failedEvents, options }
}

export const aPipeline = (more: Partial<PipelineOptions> = {}) => {
  const { log, failedEvents, options } = inMemory()
  const work: Pipeline = pipeline({ ...options, weightOf: () => 1, allowanceOf: () => undefined, ...more })
  return { work, log, failedEvents }
}
