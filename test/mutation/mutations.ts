/** A safety of the service, how to switch it off in the source, and the tests of which at least one must then fail. */
export interface Mutation {
  readonly safety: string
  readonly file: string
  /** Text that occurs once in the file, and what takes its place. */
  readonly from: string
  readonly to: string
  readonly tests: ReadonlyArray<string>
}

/** Reliability 3.1: with one safety off at a time, something must go red; a safety that no test misses is not proved. */
export const mutations: ReadonlyArray<Mutation> = [
  {
    safety: 'the log is read below the oldest open transaction', file: 'adapters/outbound/postgres/log-position.ts',
    from: ' or xid < pg_snapshot_xmin(pg_current_snapshot()))', to: ' or true)', tests: ['test/adapters/postgres/event-log-gaps.test.ts'],
  },
  {
    safety: 'writers of a lane work one after the other', file: 'adapters/outbound/postgres/batch-transaction.ts',
    from: '...(locks.length === 0 ? [] : [lockLanes(locks)])]', to: '...(locks.length < 1_000 ? [] : [lockLanes(locks)])]',
    tests: ['test/contract/postgres/transactions.test.ts', 'test/adapters/postgres/read-models/projector.test.ts'],
  },
  {
    safety: 'an event is acknowledged after the commit', file: 'adapters/inbound/nats/pipeline.ts',
    from: '      if (!held.add(event)) return\n', to: '      if (!held.add(event)) return\n      incoming.ack()\n',
    tests: ['test/adapters/nats/pipeline.test.ts'],
  },
  {
    safety: 'a failure is stored before its event is acknowledged', file: 'adapters/inbound/nats/failure-desk.ts',
    from: '    waiting.push(reported)\n', to: '    waiting.push(reported)\n    options.stored(reported.event)\n',
    tests: ['test/adapters/nats/pipeline.test.ts'],
  },
  {
    safety: 'an increment counts once per cause', file: 'domain/chat/unread.ts',
    from: '!raised.some((known) => compareArrivals(known, at) === 0)', to: 'raised.length >= 0', tests: ['test/domain/chat/unread.test.ts'],
  },
  {
    safety: 'a version of an aggregate is written once', file: 'migrations/write-side-tables.ts',
    from: 'create unique index event_log_aggregate', to: 'create index event_log_aggregate',
    tests: ['test/contract/postgres/transactions.test.ts'],
  },
  {
    safety: 'a statement has a limit on our side', file: 'adapters/outbound/postgres/orm.ts',
    from: 'query_timeout: queryTimeoutMs', to: 'query_timeout: 0', tests: ['test/adapters/postgres/failures.test.ts'],
  },
  {
    safety: 'a connection has a limit on our side', file: 'adapters/outbound/postgres/orm.ts',
    from: 'connectionTimeoutMillis: CONNECT_TIMEOUT_MS', to: 'connectionTimeoutMillis: 0',
    tests: ['test/adapters/postgres/failures.test.ts'],
  },
  {
    safety: 'a checkpoint moves from where its projector began only', file: 'adapters/outbound/postgres/read-model-checkpoints.ts',
    from: 'where (c.epoch, c.xid, c.seq) = (', to: 'where true or (c.epoch, c.xid, c.seq) = (',
    tests: ['test/adapters/postgres/read-models/projector.test.ts'],
  },
  {
    safety: 'a projector writes into the rows that it has read only', file: 'adapters/outbound/postgres/read-model-checkpoints.ts',
    from: ' or ${generationOf(schema, name)} = ${generation ?? null}::text)', to: ' or true)',
    tests: ['test/adapters/postgres/generations/rebuild.test.ts'],
  },
  {
    safety: 'the epoch rises after a restore', file: 'adapters/outbound/postgres/restored/log-epoch.ts',
    from: 'update daisi.log_epoch set epoch = epoch + 1', to: 'update daisi.log_epoch set epoch = epoch',
    tests: ['test/adapters/postgres/restored.test.ts'],
  },
  {
    safety: 'what kills the process is counted before it runs', file: 'adapters/outbound/postgres/failed-event-statements.ts',
    from: 'case when ${KILLED} or ${IS_BEGUN} then 0 else 1 end', to: 'case when ${KILLED} or ${IS_BEGUN} then 0 else 0 end',
    tests: ['test/contract/postgres/failed-events.test.ts'],
  },
  {
    safety: 'row-level security is forced', file: 'migrations/write-side-protection.ts',
    from: "`alter table daisi.${table} force row level security`,", to: '', tests: ['test/adapters/postgres/schema.test.ts'],
  },
]
