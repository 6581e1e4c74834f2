import { expect } from 'chai'
import { dashboardFiles } from '../../ops/grafana/dashboards.ts'
import { metricsDocument } from '../../ops/docs/metrics.ts'
import { alerts } from '../../ops/prometheus/rules-files.ts'
import { openBroker, type Broker } from '../support/broker.ts'
import { eventually } from '../support/eventually.ts'
import { startService, type ServiceProcess } from '../support/service-process.ts'
import { withDatabase } from '../support/with-database.ts'
import { aMessageBody } from '../support/a-delivery.ts'
import { expressionsOf, namesIn, sampledNames } from './metric-names.ts'

const KEY = 'Kq7yRZ2tXo5Vb1Nc8Wm4Pd6Jf3Hs9LgA'
const WAIT_MS = 60_000

describe('a scrape of the running service', function () {
  this.timeout(3 * WAIT_MS)
  const database = withDatabase()
  let broker: Broker
  const processes: ServiceProcess[] = []
  const scrape = async (): Promise<string> =>
    (await Promise.all(processes.map(async ({ adminUrl }) => (await fetch(`${adminUrl}/metrics`)).text()))).join('\n')

  before(async () => {
    broker = await openBroker()
    const env = { NATS_URL: broker.url, DATABASE_URL: database().url, JWT_KEY: KEY, CURSOR_SECRET: KEY, DAISI_RETRY_SECONDS: '1' }
    for (const role of ['ingest', 'project', 'serve'] as const) processes.push(await startService(role, env))
    await broker.publish('v1.messages.upsert.SCRAPED', JSON.stringify(aMessageBody('m1')))
    await broker.publish('v1.messages.upsert.SCRAPED', '{}')
    const odd = aMessageBody('m2', { status: 'teleported', message_timestamp: 86_400 })
    await broker.publish('v1.messages.upsert.SCRAPED', JSON.stringify(odd))
    for (const jid of ['6281@s.whatsapp.net', '6282@s.whatsapp.net'])
      await broker.publish('v1.chats.upsert.SCRAPED', JSON.stringify({ chat_id: 'c1', jid, is_group: true }))
    const headers = { 'content-type': 'application/json' }
    await fetch(processes[2]?.httpUrl ?? '', { method: 'POST', headers, body: '{"query":"{ company { companyId } }"}' })
    await eventually('the message is projected', async () => /daisi_projected_facts_total\{projection="message_timeline"\} [1-9]/.test(await scrape()), WAIT_MS)
    await eventually('the failure is counted', async () => /daisi_failed_events\{status="exhausted",reason="missing_field"\} 1/.test(await scrape()), WAIT_MS)
  })
  after(async () => {
    for (const one of processes) await one.end('SIGTERM')
    await broker.close()
  })

  it('holds every metric that a dashboard names, with samples', async () => {
    const sampled = sampledNames(await scrape())
    for (const [name, content] of dashboardFiles()) {
      const named = [...namesIn(expressionsOf(content).join('\n'))]
      expect(named.length, name).to.be.greaterThan(3)
      expect(named.filter((metric) => !sampled.has(metric)), name).to.deep.equal([])
    }
  })

  it('holds every metric that an alert names, with samples', async () => {
    const sampled = sampledNames(await scrape())
    for (const { name, expr } of alerts) expect([...namesIn(expr)].filter((metric) => !sampled.has(metric)), name).to.deep.equal([])
  })

  it('holds every documented metric, and no other', async () => {
    const exposed = new Set([...(await scrape()).matchAll(/^# TYPE (daisi_\w+)/gm)].map(([, name]) => name))
    expect(exposed).to.deep.equal(new Set([...metricsDocument().matchAll(/^\| `(daisi_\w+)`/gm)].map(([, name]) => name)))
  })

  it('counts what was unusual of events that were applied', async () => {
    for (const what of ['unknown_status', 'time_in_the_past', 'chat_moved']) {
      const counted = new RegExp(`^daisi_unusual_events_total\\{what="${what}"\\} 1$`, 'm')
      await eventually(`${what} is counted`, async () => counted.test(await scrape()), WAIT_MS)
    }
  })

  it('names no company', async () => {
    expect(await scrape()).not.to.contain('SCRAPED')
  })

  it('has labels that stay as few', async () => {
    const perMetric = Map.groupBy((await scrape()).split('\n').filter((line) => /^daisi_/.test(line)), (line) => /^\w+/.exec(line)?.[0] ?? '')
    for (const [name, lines] of perMetric) expect(lines.length, name).to.be.lessThan(800)
  })
})
