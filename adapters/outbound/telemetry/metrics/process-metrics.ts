import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import { STATEMENT_SECONDS } from './buckets.ts'

/** Of every process. */
export const processMetrics = (registers: Registry[]) => ({
  buildInfo: new Gauge({ name: 'daisi_build_info', help: 'Always 1; its labels say which release and which process this is',
    labelNames: ['version', 'process'], registers }),
  databaseSeconds: new Histogram({ name: 'daisi_database_seconds',
    help: 'Seconds of an operation on PostgreSQL, waiting for a connection included',
    labelNames: ['operation'], buckets: STATEMENT_SECONDS, registers }),
  databaseFailures: new Counter({ name: 'daisi_database_failures_total', help: 'Operations on PostgreSQL that it did not answer or refused',
    labelNames: ['operation'], registers }),
  poolConnections: new Gauge({ name: 'daisi_database_pool_connections',
    help: 'Connections of a pool by state; `waiting`: who waits for one', labelNames: ['pool', 'state'], registers }),
  poolLimit: new Gauge({ name: 'daisi_database_pool_limit_connections', help: 'Most connections of a pool',
    labelNames: ['pool'], registers }),
  clockOffset: new Gauge({ name: 'daisi_clock_offset_seconds', help: 'Seconds that a server\'s clock is ahead of ours',
    labelNames: ['server'], registers }),
  followerIdle: new Gauge({ name: 'daisi_follower_idle_seconds',
    help: 'Seconds since a loop (projection, policy, relay, retries, replays, sync) last came round',
    labelNames: ['follower'], registers }),
})
