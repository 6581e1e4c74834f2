import { expect } from 'chai'
import { freePort } from '../../adapters/main/embedded/free-port.ts'
import { eventually } from '../support/eventually.ts'
import { compose, docker, dockerOutput, IMAGE } from './support/docker.ts'

const UP_WITHIN_SECONDS = 150
const READABLE_WITHIN_MS = 30_000
/** It scrapes every 15 s. */
const SCRAPED_WITHIN_MS = 60_000
/** What is started here; `--wait` waits for what they depend on, too. */
const SERVICES = ['ingest', 'project', 'serve']
const OBSERVERS = ['prometheus', 'grafana']
/** Without a registry this is how soon that is known. */
const PULLED_WITHIN_SECONDS = 60

const QUERY = '{ company { companyId messageCount } chats { edges { node { displayName lastMessage { text status } } } } }'
const ANSWER = { data: {
  company: { companyId: 'ACME', messageCount: 2 },
  chats: { edges: [{ node: { displayName: 'Sinta Santoso', lastMessage: { text: 'masih, mau warna apa?', status: 'read' } } }] },
} }

interface Rules { readonly data: { readonly groups: ReadonlyArray<object> } }
interface Configured { readonly services: Readonly<Record<string, { readonly image: string }>> }

const canBeHad = (service: string): boolean => {
  const { services } = JSON.parse(compose(['config', '--format', 'json'])) as Configured
  const image = services[service]?.image ?? ''
  return docker(['image', 'inspect', image]).code === 0 || docker(['pull', '--quiet', image], PULLED_WITHIN_SECONDS).code === 0
}

const stateOf = (service: string, format: string): string =>
  dockerOutput(['inspect', '--format', format, compose(['ps', '--all', '--quiet', service])])

describe('the Compose stack', function () {
  this.timeout(UP_WITHIN_SECONDS * 1_000)
  const observers = OBSERVERS.filter(canBeHad)
  let url: string
  let prometheusUrl: string

  const ask = async (): Promise<unknown> => {
    const authorization = `Bearer ${compose(['exec', '--no-TTY', 'serve', 'daisi', 'token', 'ACME'])}`
    const response = await fetch(url, { method: 'POST', body: JSON.stringify({ query: QUERY }),
      headers: { 'content-type': 'application/json', authorization } })
    return response.json()
  }
  const seriesOf = async (query: string): Promise<number> => {
    const answer = await fetch(`${prometheusUrl}/api/v1/query?query=${encodeURIComponent(query)}`)
    return ((await answer.json()) as { readonly data: { readonly result: ReadonlyArray<object> } }).data.result.length
  }
  const up = (): string => compose(['up', '--no-build', '--detach', '--wait', ...SERVICES, ...observers], UP_WITHIN_SECONDS)

  before(async () => {
    const [httpPort, prometheusPort] = [await freePort(), await freePort()]
    Object.assign(process.env, { STACK_IMAGE: IMAGE, STACK_HTTP_PORT: String(httpPort), STACK_NATS_PORT: String(await freePort()),
      STACK_PROMETHEUS_PORT: String(prometheusPort), STACK_GRAFANA_PORT: String(await freePort()) })
    url = `http://127.0.0.1:${httpPort}/graphql`
    prometheusUrl = `http://127.0.0.1:${prometheusPort}`
    up()
  })

  after(() => {
    for (const service of OBSERVERS.filter((one) => !observers.includes(one)))
      process.stdout.write(`    not run: ${service}, whose image could not be had\n`)
    compose(['--profile', 'tools', 'down', '--volumes', '--timeout', '5'])
  })

  it('is well formed', () => { compose(['config', '--quiet']) })

  it('is healthy, and all of it runs without capabilities on read-only file systems', () => {
    for (const service of ['postgres', 'nats', ...SERVICES, ...observers]) {
      const said = stateOf(service,
        '{{.State.Health.Status}} {{.HostConfig.ReadonlyRootfs}} {{.HostConfig.CapDrop}} {{.HostConfig.SecurityOpt}}')
      expect(said, service).to.equal('healthy true [ALL] [no-new-privileges:true]')
    }
  })

  it('answers a query about what the company\'s gateway has published', async () => {
    expect(compose(['run', '--rm', 'gateway'])).to.contain('published 6 events of ACME')
    await eventually('the conversation can be read', async () => {
      const answer = await ask()
      return JSON.stringify(answer) === JSON.stringify(ANSWER)
    }, READABLE_WITHIN_MS)
  })

  if (observers.includes('prometheus'))
    it('lets Prometheus scrape every process and watch the rules', async () => {
      await eventually('all are scraped', async () => (await seriesOf('up == 1')) === SERVICES.length, SCRAPED_WITHIN_MS)
      const rules = await (await fetch(`${prometheusUrl}/api/v1/rules`)).json() as Rules
      expect(rules.data.groups.length).to.be.greaterThan(0)
    })

  it('gives no process more than its own secrets', () => {
    const listed = (service: string): string => compose(['exec', '--no-TTY', service, 'ls', '/run/daisi'])
    expect(SERVICES.map(listed)).to.deep.equal(['ca.pem\ndatabase.url\nnats.seed', 'database.url', 'cursor.secret\ndatabase.url\njwt.key'])
  })

  it('passes the doctor, who finds nothing bad', () => {
    const addresses = SERVICES.map((service) => `http://${service}:9464`)
    const examined = compose(['run', '--rm', 'operator', 'doctor', '--json', '--admin', ...addresses])
    const { checks } = JSON.parse(examined) as { readonly checks: ReadonlyArray<{ readonly name: string; readonly state: string }> }
    expect(checks.length).to.be.greaterThan(10)
    expect(checks.filter(({ state }) => state === 'bad')).to.deep.equal([])
  })

  it('stops in order, every process with exit code 0, and keeps everything over a new start', async () => {
    compose(['stop', ...SERVICES])
    for (const service of SERVICES) expect(stateOf(service, '{{.State.ExitCode}} {{.State.OOMKilled}}'), service).to.equal('0 false')
    compose(['down'])
    up()
    expect(await ask()).to.deep.equal(ANSWER)
  })
})
