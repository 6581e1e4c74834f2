import type { MikroORM } from '@mikro-orm/postgresql'
import { Container, ContainerModule, type ServiceIdentifier } from 'inversify'
import { handleBatch } from '../../application/application.ts'
import { keptEventReader } from '../inbound/nats/kept-event-reader.ts'
import { uuidContactId } from '../outbound/contact-id.ts'
import { natsDeadLetterOutlet } from '../outbound/nats/dead-letter-outlet.ts'
import { postgresCheckpoints } from '../outbound/postgres/checkpoints.ts'
import { postgresAcknowledgedPositions } from '../outbound/postgres/acknowledged-positions.ts'
import { postgresCompanyStanding } from '../outbound/postgres/company-standing.ts'
import { postgresCompanies } from '../outbound/postgres/companies.ts'
import { postgresEventLog } from '../outbound/postgres/event-log.ts'
import { postgresFailedEvents } from '../outbound/postgres/failed-events.ts'
import { openOrm } from '../outbound/postgres/orm.ts'
import { postgresPostScanSyncs } from '../outbound/postgres/post-scan-syncs.ts'
import { postgresReadModelStore } from '../outbound/postgres/read-model-store.ts'
import { postgresReplayQueue } from '../outbound/postgres/replay-queue.ts'
import { postgresProcessLeases } from '../outbound/postgres/process-leases.ts'
import { postgresRetryQueue } from '../outbound/postgres/retry-queue.ts'
import { postgresReads } from '../outbound/postgres/finder-reads.ts'
import { postgresTransactions } from '../outbound/postgres/transactions.ts'
import { postgresLogSignal } from '../outbound/postgres/notify.ts'
import { winstonLogger } from '../outbound/telemetry/logger.ts'
import type { OpenedTracing } from '../outbound/telemetry/open-tracing.ts'
import { serviceMetrics } from '../outbound/telemetry/metrics/service-metrics.ts'
import { postgresOperations } from './operations.ts'
import { allAround, aroundPort, aroundReads, aroundTransactions } from './around.ts'
import { connectNats } from './connect-nats.ts'
import { countingMoves } from './ingest-probe.ts'
import { measured } from './measured.ts'
import type { Settings } from './settings.ts'
import { token } from './tokens.ts'
import { tracedOperations, tracingOf } from './tracing.ts'

/** Client-side limit of a statement, two seconds above the longest that the process's roles may run: writers 10 s, projectors 20 s. */
const QUERY_TIMEOUT_MS: Readonly<Record<string, number>> = { ingest: 12_000, project: 22_000, serve: 12_000 }

const databaseOf = (settings: Settings, process: string, url = settings.databaseUrl): Promise<MikroORM> => openOrm({
  url: url ?? '', poolSize: settings.databasePool, name: `daisi-${process}`,
  ...(QUERY_TIMEOUT_MS[process] === undefined ? {} : { queryTimeoutMs: QUERY_TIMEOUT_MS[process] }),
})

const telemetry = (settings: Settings, process: string) => new ContainerModule(({ bind }) => {
  bind(token.settings).toConstantValue(settings)
  bind(token.clock).toConstantValue({ nowMs: () => Date.now() })
  bind(token.contactIdOf).toConstantValue(uuidContactId)
  bind(token.eventReader).toConstantValue(keptEventReader({ contactIdOf: uuidContactId,
    syncDelaySeconds: settings.syncDelaySeconds, historyMode: settings.historyBatchMode }))
  bind(token.metrics).toConstantValue(serviceMetrics(process))
})

/** Closed with the container: what is left is sent. */
const tracing = ({ tracing: opened, close }: OpenedTracing) => new ContainerModule(({ bind }) => {
  bind(token.tracing).toResolvedValue(() => opened).inSingletonScope().onDeactivation(close)
})

const connections = (settings: Settings, process: string) => new ContainerModule(({ bind }) => {
  bind(token.orm).toResolvedValue(() => databaseOf(settings, process)).inSingletonScope().onDeactivation((orm) => orm.close())
  bind(token.readOrm).toResolvedValue(() => databaseOf(settings, process, settings.readDatabaseUrl ?? settings.databaseUrl))
    .inSingletonScope().onDeactivation((orm) => orm.close())
  bind(token.nats).toResolvedValue(() => connectNats(settings, `daisi-${process}`)).inSingletonScope().onDeactivation((nats) => nats.close())
})

const adapters = new ContainerModule(({ bind }) => {
  bind(token.around).toResolvedValue((metrics, tracing) =>
    (tracing.isOn ? allAround([tracedOperations(tracing), measured(metrics)]) : measured(metrics)), [token.metrics, token.tracing])
    .inSingletonScope()
  bind(token.transactions).toResolvedValue((orm, around) =>
    aroundTransactions(postgresTransactions(orm, postgresLogSignal(orm).raise), around), [token.orm, token.around]).inSingletonScope()
  bind(token.handleBatch).toResolvedValue((transactions, metrics) => handleBatch(transactions, countingMoves(metrics)),
    [token.transactions, token.metrics]).inSingletonScope()
  /** A port over PostgreSQL, with what is done around each of its operations. */
  const port = <P extends object>(name: keyof typeof token, open: (orm: MikroORM) => P, through: 'orm' | 'readOrm' = 'orm'): void => {
    bind(token[name] as unknown as ServiceIdentifier<P>).toResolvedValue((orm, around) => aroundPort(name, open(orm), around),
      [token[through], token.around]).inSingletonScope()
  }
  port('eventLog', postgresEventLog)
  port('checkpoints', postgresCheckpoints)
  port('companies', postgresCompanies)
  port('positions', postgresAcknowledgedPositions)
  port('failedEvents', postgresFailedEvents)
  port('syncs', postgresPostScanSyncs)
  port('leases', postgresProcessLeases)
  port('retryQueue', postgresRetryQueue)
  port('replayQueue', postgresReplayQueue)
  port('standing', postgresCompanyStanding)
  port('readModels', postgresReadModelStore, 'readOrm')
  bind(token.openOperations).toResolvedValue((orm, reader) => postgresOperations(orm, reader), [token.orm, token.eventReader])
    .inSingletonScope()
  bind(token.outlet).toResolvedValue((nats, tracing) => natsDeadLetterOutlet(nats, tracing), [token.nats, token.tracing])
    .inSingletonScope()
  bind(token.openReads).toResolvedValue((orm, around) => aroundReads(postgresReads(orm), around), [token.readOrm, token.around])
    .inSingletonScope()
})

/** What a caller may still change of the container before anything is made of it: tests put failures between the ports. */
export type Prepare = (container: Container) => void

/** Everything a process may need; what it does not ask for is never made. `unbindAllAsync` closes what was. */
export const containerOf = async (settings: Settings, process: string, prepare: Prepare): Promise<Container> => {
  const logger = winstonLogger(settings.logLevel, process)
  const container = new Container()
  container.bind(token.logger).toConstantValue(logger)
  const opened = await tracingOf(process, globalThis.process.env, logger)
  await container.load(telemetry(settings, process), tracing(opened), connections(settings, process), adapters)
  prepare(container)
  return container
}
