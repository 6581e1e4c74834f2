import { expect } from 'chai'
import { Client } from 'pg'
import { postgresReads } from '../../../../../adapters/outbound/postgres/finder-reads.ts'
import { aToken } from '../../../../support/a-token.ts'
import { eventually } from '../../../../support/eventually.ts'
import { rawConnection } from '../../../../support/raw-http.ts'
import { openDatabase, type OpenDatabase } from '../../../../support/open-database.ts'
import { openApiServer, type ApiServer } from '../../open-api-server.ts'
import { ask } from '../row.ts'

const CHATS = '{ chats { edges { cursor } } }'
const RUNNING = `select pid from pg_stat_activity where datname = current_database() and application_name = 'daisi-test' and state = 'active'`
const OPEN = `select pid from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'
  and application_name = 'daisi-test'`

describe('a query that takes long in PostgreSQL', () => {
  let database: OpenDatabase
  let server: ApiServer
  let eyes: Client
  let holder: Client
  const count = async (text: string): Promise<number> => (await eyes.query(text)).rows.length

  before(async () => {
    database = await openDatabase()
    server = await openApiServer({ graphql: { openReads: postgresReads(database.orm) } });
    [eyes, holder] = [new Client({ connectionString: database.url }), new Client({ connectionString: database.url })]
    await Promise.all([eyes.connect(), holder.connect()])
  })
  after(async () => {
    await Promise.all([server.close(), eyes.end(), holder.end()])
    await database.close()
  })
  /** While it runs, whoever reads chats waits. */
  const whileLocked = async (work: () => Promise<void>): Promise<void> => {
    await holder.query('begin; lock table read.chat_overview in access exclusive mode')
    try {
      await work()
    } finally {
      await holder.query('rollback')
    }
  }
  /** As many as the pool holds, so that each of its connections is used. */
  const allAnswer = async (): Promise<void> => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(CHATS)(server)))
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`))).to.deep.equal(new Set(['200 {"data":{"chats":{"edges":[]}}}']))
    expect([await count(OPEN), server.bugs]).to.deep.equal([0, []])
  }

  it('Q34: ends there within seconds when its client is gone, and its connection is not used again', async function () {
    this.timeout(30_000)
    await whileLocked(async () => {
      const authorization = `authorization: Bearer ${await aToken()}`
      const clients = Array.from({ length: 4 }, () => rawConnection(server.port,
        `GET /graphql?query=${encodeURIComponent(CHATS)} HTTP/1.1\r\nhost: api\r\n${authorization}\r\n\r\n`))
      await eventually('the queries run', async () => await count(RUNNING) === 4)
      for (const { socket } of clients) socket.destroy()
      await eventually('the queries have ended', async () => await count(RUNNING) === 0, 4_000)
    })
    await allAnswer()
  })
  it('Q36: is ended after 5 s with TIMEOUT, and its connection is clean', async function () {
    this.timeout(30_000)
    await whileLocked(async () => {
      const answers = await Promise.all(Array.from({ length: 6 }, () => ask(CHATS)(server)))
      expect(new Set(answers.flatMap(({ codes }) => codes))).to.deep.equal(new Set(['TIMEOUT']))
      expect(await count(RUNNING)).to.equal(0)
    })
    await allAnswer()
  })
})
