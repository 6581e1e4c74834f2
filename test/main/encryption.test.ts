import { expect } from 'chai'
import { once } from 'node:events'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { answers } from '../../adapters/outbound/postgres/health.ts'
import { openOrm } from '../../adapters/outbound/postgres/orm.ts'
import { connectNatsOnce } from '../../adapters/main/connect-nats.ts'
import { readSettings } from '../../adapters/main/settings.ts'
import { rightOf } from '../support/right-of.ts'

const SECRET = 's3cret-of-the-server'
/** PostgreSQL protocol: the first message asks for TLS with this code; the server says N. */
const SSL_REQUEST = '0000000804d2162f'
const INFO = `INFO ${JSON.stringify({ server_id: 'PLAIN', version: '2.15.1', proto: 1, headers: true, max_payload: 1_048_576 })}\r\n`

describe('a server that offers no TLS', () => {
  const heard: Buffer[] = []
  let greeting = ''
  let server: Server
  const port = (): number => (server.address() as AddressInfo).port

  before(async () => {
    server = createServer((socket) => {
      socket.on('error', () => undefined)
      socket.write(greeting)
      socket.on('data', (chunk) => {
        heard.push(chunk)
        if (greeting === '') socket.end('N')
      })
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
  })
  beforeEach(() => { heard.length = 0 })
  after(() => { server.close() })

  /** What PostgreSQL's place is told by a process with this address; the connection comes to nothing either way. */
  const toldPostgres = async (query: string): Promise<Buffer> => {
    greeting = ''
    const orm = await openOrm({ url: `postgres://app:${SECRET}@127.0.0.1:${port()}/app${query}`, poolSize: 1, name: 'daisi-test-tls' })
    const failure = await answers(orm).catch((cause: unknown) => cause)
    await orm.close(true)
    expect(failure).to.be.instanceOf(Error)
    return Buffer.concat(heard)
  }

  it('is told who we are as PostgreSQL only where no sslmode is given', async () => {
    expect((await toldPostgres('')).toString()).to.contain('app')
    heard.length = 0
    expect((await toldPostgres('?sslmode=verify-full')).toString('hex')).to.equal(SSL_REQUEST)
  })

  it('is told nothing as NATS where the address is tls://', async () => {
    greeting = INFO
    const settings = await rightOf(async () => readSettings({ NATS_URL: `tls://127.0.0.1:${port()}`, NATS_USER: 'u', NATS_PASSWORD: SECRET }))
    const failure = await connectNatsOnce(settings, 'daisi-test-tls').catch((cause: unknown) => cause)
    expect(failure).to.be.instanceOf(Error)
    expect(Buffer.concat(heard).toString()).to.equal('')
  })
})
