import { expect } from 'chai'
import { once } from 'node:events'
import { aToken } from '../../../support/a-token.ts'
import { eventually } from '../../../support/eventually.ts'
import { rawConnection, rawReply, type RawConnection } from '../../../support/raw-http.ts'
import { adminServer, close, listen } from '../../../../adapters/inbound/http/admin-server.ts'
import { openApiServer, type ApiServer } from '../open-api-server.ts'
import { ask, COMPANY, send } from './row.ts'

const openConnections = ({ server }: ApiServer): Promise<number> =>
  new Promise((resolve) => { server.getConnections((_, count) => { resolve(count) }) })

const noneOpen = (server: ApiServer): Promise<void> => eventually('no connection is open', async () => await openConnections(server) === 0)

const GET = `GET /graphql?query=${encodeURIComponent(COMPANY)} HTTP`

describe('connections to the API', () => {
  let server: ApiServer
  let head: string
  before(async () => {
    server = await openApiServer({ http: { mostConnections: 50,
      patience: { headersMs: 500, requestMs: 1_000, idleMs: 500, answerMs: 1_500 } } })
  })
  beforeEach(async () => { head = `/1.1\r\nhost: api\r\nauthorization: Bearer ${await aToken({ expiresInSeconds: 60 })}\r\n` })
  afterEach(() => noneOpen(server))
  after(() => server.close())

  it('Q34: a body that drips is cut off with 408', async () => {
    const connection = rawConnection(server.port, `POST /graphql HTTP${head}content-type: application/json\r\ncontent-length: 1000\r\n\r\n{`)
    const dripping = setInterval(() => { connection.socket.write(' ') }, 50)
    const { statuses, closed } = await connection.until(2)
    clearInterval(dripping)
    expect([statuses, closed]).to.deep.equal([[408], true])
    connection.socket.destroy()
  })
  it('Q34: a head that drips is cut off', async () => {
    const connection = rawConnection(server.port, 'GET /graphql HTTP/1.1\r\n')
    const dripping = setInterval(() => { connection.socket.write('x-a: b\r\n') }, 50)
    const { closed } = await connection.until(2)
    clearInterval(dripping)
    expect(closed).to.equal(true)
    connection.socket.destroy()
  })
  it('Q34: connections that idle between requests are closed', async () => {
    const connections = Array.from({ length: 40 }, () => rawConnection(server.port, `${GET}${head}\r\n`))
    const first = await Promise.all(connections.map((connection) => connection.until(1)))
    expect(first.map(({ statuses }) => statuses)).to.deep.equal(connections.map(() => [200]))
    const replies = await Promise.all(connections.map((connection) => connection.until(2)))
    expect(replies.every(({ closed }) => closed)).to.equal(true)
    for (const { socket } of connections) socket.destroy()
  })
  it('H16: more connections than the cap get 503, those within it are served', async () => {
    const full = await openApiServer({ http: { mostConnections: 50 } })
    const within = Array.from({ length: 50 }, () => rawConnection(full.port, ''))
    await eventually('the cap is reached', async () => await openConnections(full) === 50)
    const beyond: ReadonlyArray<RawConnection> = Array.from({ length: 500 }, () => rawConnection(full.port, ''))
    const refused = await Promise.all(beyond.map((connection) => connection.until(1)))
    expect(new Set(refused.map(({ statuses }) => statuses.join()))).to.deep.equal(new Set(['503']))
    within[0]?.socket.write(`${GET}${head}\r\n`)
    expect((await within[0]?.until(1))?.statuses).to.deep.equal([200])
    for (const { socket } of [...within, ...beyond]) socket.destroy()
    await noneOpen(full)
    expect((await ask(COMPANY)(full)).status).to.equal(200)
    await full.close()
  })
  it('H11: HTTP/1.0 is served, and its connection closed', async () => {
    const connection = rawConnection(server.port, `${GET}${head.replace('/1.1', '/1.0')}\r\n`)
    const { statuses, closed } = await connection.until(2)
    expect([statuses, closed]).to.deep.equal([[200], true])
    connection.socket.destroy()
  })
  it('H11: a thousand requests in one go are all answered', async () => {
    const patient = await openApiServer()
    const { statuses } = await rawReply(patient.port, `${GET}${head}\r\n`.repeat(1_000), 1_000)
    expect(statuses).to.deep.equal(Array.from({ length: 1_000 }, () => 200))
    await patient.close()
  })
  it('H11: who closes its half of the connection is cut off', async () => {
    const connection = rawConnection(server.port, `${GET}${head}\r\n`)
    await once(connection.socket, 'connect')
    connection.socket.end()
    expect((await connection.until(2)).closed).to.equal(true)
    connection.socket.destroy()
  })
  it('H11: a connection that breaks in the middle of a body leaves nothing behind', async () => {
    for (let i = 0; i < 100; i += 1) {
      const { socket } = rawConnection(server.port, `POST /graphql HTTP${head}content-type: application/json\r\ncontent-length: 100\r\n\r\n{`)
      await once(socket, 'connect')
      socket.resetAndDestroy()
    }
    await noneOpen(server)
    expect(server.bugs).to.deep.equal([])
  })
})

describe('large answers', () => {
  it('H12: a reader that does not read is cut off', async () => {
    const large = { status: 200, headers: {}, body: 'x'.repeat(50_000_000) }
    const server = await openApiServer({ http: { answer: () => Promise.resolve(large),
      patience: { headersMs: 500, requestMs: 1_000, idleMs: 500, answerMs: 300 } } })
    const connection = rawConnection(server.port, 'GET /graphql HTTP/1.1\r\nhost: api\r\n\r\n')
    connection.socket.pause()
    await eventually('the connection is closed', () => server.statuses.length > 0)
    await noneOpen(server)
    connection.socket.destroy()
    await server.close()
  })
})

describe('the admin port', () => {
  it('H13: has no company in its labels, and answers nothing that is not on its list', async () => {
    const server = adminServer({ checks: () => [], scrape: () => Promise.resolve('daisi_up 1\n') })
    const port = await listen(server, 0, '127.0.0.1')
    const statuses = await Promise.all(['/metrics', '/debug', '/graphql', '//metrics', '/metrics/../x'].map(async (path) =>
      (await rawReply(port, `GET ${path} HTTP/1.1\r\nhost: x\r\n\r\n`)).statuses[0]))
    expect(statuses).to.deep.equal([200, 404, 404, 404, 404])
    await close(server, 0)
  })
  it('H14: says not ready within 10 s while a dependency is frozen, and stays alive', async function () {
    this.timeout(15_000)
    const frozen = Promise.withResolvers<boolean>()
    const server = adminServer({ checks: () => [{ name: 'database', holds: () => frozen.promise }], scrape: () => Promise.resolve('') })
    const url = `http://127.0.0.1:${await listen(server, 0, '127.0.0.1')}`
    const began = performance.now()
    const [ready, live] = await Promise.all([fetch(`${url}/ready`), fetch(`${url}/livez`)])
    expect([ready.status, await ready.json(), live.status]).to.deep.equal([503, { ready: false, waitingFor: ['database'] }, 200])
    expect(performance.now() - began).to.be.below(10_000)
    await close(server, 0)
  })
})

describe('the API in development', () => {
  it('Q3: has GraphiQL, without a token', async () => {
    const server = await openApiServer({ graphql: { production: false } })
    const { status, text } = await send(server, { method: 'GET', headers: { accept: 'text/html', authorization: '' } })
    expect([status, text.includes('<html')]).to.deep.equal([200, true])
    await server.close()
  })
})
