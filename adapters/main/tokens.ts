import type { MikroORM } from '@mikro-orm/postgresql'
import type { NatsConnection } from '@nats-io/nats-core'
import type { ServiceIdentifier } from 'inversify'
import type { OpenOperations } from '../../application/operations.ts'
import type { HandleBatch } from '../../application/commands/handle-batch.ts'
import type { Checkpoints } from '../../application/ports/checkpoints.ts'
import type { AcknowledgedPositions, Companies } from '../../application/ports/companies.ts'
import type { CompanyStanding } from '../../application/ports/company-standing.ts'
import type { ContactIdOf } from '../../application/ports/contact-ids.ts'
import type { DeadLetterOutlet } from '../../application/ports/dead-letter-outlet.ts'
import type { EventReader } from '../../application/ports/event-reader.ts'
import type { EventLog } from '../../application/ports/event-log.ts'
import type { FailedEvents } from '../../application/ports/failed-events.ts'
import type { ReadModelStore } from '../../application/ports/read-model-store.ts'
import type { ReplayQueue } from '../../application/ports/replay-queue.ts'
import type { PostScanSyncs } from '../../application/ports/post-scan-syncs.ts'
import type { ProcessLeases } from '../../application/ports/process-leases.ts'
import type { RetryQueue } from '../../application/ports/retry-queue.ts'
import type { OpenReads } from '../../application/ports/finders.ts'
import type { Transactions } from '../../application/ports/transactions.ts'
import type { Tracing } from '../../application/ports/tracing.ts'
import type { WallClock } from '../../application/ports/wall-clock.ts'
import type { Logger } from '../outbound/telemetry/logger.ts'
import type { ServiceMetrics } from '../outbound/telemetry/metrics/service-metrics.ts'
import type { Around } from './around.ts'
import type { Settings } from './settings.ts'

const named = <T>(name: string): ServiceIdentifier<T> => Symbol.for(name) as ServiceIdentifier<T>

/** What the container knows, by name. It is asked in `adapters/main` only and never passed on. */
export const token = {
  settings: named<Settings>('Settings'),
  logger: named<Logger>('Logger'),
  metrics: named<ServiceMetrics>('ServiceMetrics'),
  tracing: named<Tracing>('Tracing'),
  around: named<Around>('Around'),
  clock: named<WallClock>('WallClock'),
  contactIdOf: named<ContactIdOf>('ContactIdOf'),
  orm: named<MikroORM>('MikroORM'),
  readOrm: named<MikroORM>('ReadOrm'),
  nats: named<NatsConnection>('NatsConnection'),
  transactions: named<Transactions>('Transactions'),
  handleBatch: named<HandleBatch>('HandleBatch'),
  eventLog: named<EventLog>('EventLog'),
  checkpoints: named<Checkpoints>('Checkpoints'),
  companies: named<Companies>('Companies'),
  positions: named<AcknowledgedPositions>('AcknowledgedPositions'),
  failedEvents: named<FailedEvents>('FailedEvents'),
  syncs: named<PostScanSyncs>('PostScanSyncs'),
  eventReader: named<EventReader>('EventReader'),
  leases: named<ProcessLeases>('ProcessLeases'),
  retryQueue: named<RetryQueue>('RetryQueue'),
  replayQueue: named<ReplayQueue>('ReplayQueue'),
  openOperations: named<OpenOperations>('OpenOperations'),
  outlet: named<DeadLetterOutlet>('DeadLetterOutlet'),
  readModels: named<ReadModelStore>('ReadModelStore'),
  standing: named<CompanyStanding>('CompanyStanding'),
  openReads: named<OpenReads>('OpenReads'),
}
