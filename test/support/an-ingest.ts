import type { NatsConnection } from '@nats-io/nats-core'
import { jetstream } from '@nats-io/jetstream'
import { startIngest, type Ingest, type IngestOptions } from '../../adapters/inbound/nats/ingest.ts'
import { memoryAcknowledgedPositions } from '../../adapters/outbound/memory/acknowledged-positions.ts'
import { memoryCompanies } from '../../adapters/outbound/memory/companies.ts'
import { memoryProcessLeases } from '../../adapters/outbound/memory/process-leases.ts'
import { inMemory } from './a-pipeline.ts'

const STOP_WITHIN_MS = 2_000

/** Ingest on the test's broker, all else in memory. `applied` are the ids that facts tell of, each once. */
export const anIngest = async (connection: NatsConnection, more: Partial<IngestOptions> = {}) => {
  const { log, failedEvents, options } = inMemory()
  const troubles: string[] = []
  const positions = memoryAcknowledgedPositions()
  const ingest: Ingest = await startIngest({ connection,
    leases: memoryProcessLeases(), holder: 'test', companies: memoryCompanies(), positions, companyIds: [],
    onTrouble: (what) => { troubles.push(what) }, ...options, ...more })
  return {
    ingest, failedEvents, positions, troubles,
    applied: (): ReadonlySet<string> => new Set(log.facts.map(({ id }) => id)),
    facts: () => log.facts,
    stop: () => ingest.stop(STOP_WITHIN_MS),
  }
}

/** Publishes one after the other, as a publisher that waits for the broker. */
export const publisher = (connection: NatsConnection) => {
  const js = jetstream(connection)
  return async (subject: string, ...bodies: ReadonlyArray<unknown>): Promise<void> => {
    for (const body of bodies) await js.publish(subject, typeof body === 'string' ? body : JSON.stringify(body))
  }
}
