import { startPostgres } from '../adapters/main/embedded/postgres.ts'
import { migrate } from '../adapters/outbound/postgres/migrate.ts'
import { openOrm } from '../adapters/outbound/postgres/orm.ts'
import { postgresTransactions } from '../adapters/outbound/postgres/transactions.ts'
import { postgresEventLog } from '../adapters/outbound/postgres/event-log.ts'
import { postgresReadModelStore } from '../adapters/outbound/postgres/read-model-store.ts'
import { handleBatch } from '../application/commands/handle-batch.ts'
import { projectBatch } from '../application/projections/project-batch.ts'
import { messageTimeline } from '../application/projections/message-timeline.ts'
import { chatOverview } from '../application/projections/chat-overview.ts'
const t=Date.now()
const pg = await startPostgres({ dataDir: '/tmp/pgdata', port: 55432, settings: { fsync: 'off', max_connections: '200' } })
console.log(pg.note, pg.url, Date.now()-t)
console.log(await migrate(pg.url), await migrate(pg.url))
const orm = await openOrm({ url: pg.url, poolSize: 4, name: 'x' })
const handle = handleBatch(postgresTransactions(orm))
const companyId = 'ACME' as any
const base = Date.now()
const make = (n: number, from: number) => Array.from({ length: n }, (_, i) => ({ kind: 'message', companyId, id: `m${base}-${from + i}`, cause: { type: 'event', stream: 's', sequence: from+i, item: 0, subject: 'x', messageId: 'x', consumer: 'c', consumerSequence: 1 },
  command: { type: 'RecordMessage', messageId: `m${base}-${from + i}`, seen: { publishedAt: 1700000000, rank: 1, sequence: from+i, item: 0 }, status: 'sent', fields: { chatId: `c${i%50}`, jid: 'j', flow: 'IN', agentId: 'a', fromPhone: '62812', toPhone: '1', timestamp: 1700000000+i, text: 'hello '.repeat(10), type: 'conversation', key: '{"id":"x"}', content: `{"big":9007199254740993,"c":"${'x'.repeat(400)}"}` } } })) as any
for (let r = 0; r < 6; r++) { const b = make(1000, r*1000); const s = performance.now(); const res = await handle(b)(); const s2=performance.now(); const again = await handle(b)(); console.log(r, res._tag, (res as any).left ?? (res as any).right.slice(0,3), s2-s, performance.now()-s2, (again as any).right?.slice(0,3)) }
const log = postgresEventLog(orm); const store = postgresReadModelStore(orm)
for (let i=0;i<8;i++) { const s=performance.now(); console.log(await projectBatch(messageTimeline, log, store, 2000)(), performance.now()-s) }
console.log(await projectBatch(chatOverview, log, store, 20000)())
await orm.close()
if (process.argv[2]) await pg.stop(); else await new Promise((r)=>setTimeout(r, 3600_000))
