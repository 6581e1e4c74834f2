import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { connect } from '@nats-io/transport-node'
import { jetstream, jetstreamManager } from '@nats-io/jetstream'
import { expect } from 'chai'
import pg from 'pg'
import { startNats } from '../../adapters/main/embedded/nats-server.ts'
import { obtainNatsServer } from '../../adapters/main/embedded/obtain-nats-server.ts'
import { startPostgres } from '../../adapters/main/embedded/postgres.ts'
import { openFolder } from '../support/embedded-servers.ts'

const query = async (url: string, statement: string): Promise<ReadonlyArray<unknown>> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(statement)).rows
  } finally {
    await client.end()
  }
}

const ended = async (pid: number): Promise<boolean> => {
  for (const end = Date.now() + 10_000; Date.now() < end; await sleep(20)) if (!existsSync(`/proc/${pid}`)) return true
  return false
}

/** Starts both servers in a process of their own; gives their process numbers, and that process. */
const inAnotherProcess = async (folder: string) => {
  const program = join(import.meta.dirname, '../support/start-embedded-servers.ts')
  const parent = spawn(process.execPath, [program, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(parent.stdout, 'data') as [Buffer]
  return { parent, pids: JSON.parse(line.toString()) as { readonly postgres: number; readonly nats: number } }
}

describe('embedded servers', () => {
  let folder = ''
  beforeEach(() => { folder = openFolder() })
  afterEach(() => { rmSync(folder, { recursive: true, force: true }) })

  it('keeps what PostgreSQL stored over a restart, and over a kill of the server', async () => {
    const first = await startPostgres({ dataDir: folder, settings: { work_mem: '5MB' } })
    await query(first.url, 'create table kept (value int); insert into kept values (42)')
    expect(await query(first.url, 'show work_mem')).to.deep.equal([{ work_mem: '5MB' }])
    await first.stop()
    const second = await startPostgres({ dataDir: folder })
    process.kill(second.pid, 'SIGKILL')
    await second.stop()
    const third = await startPostgres({ dataDir: folder })
    expect(await query(third.url, 'select value from kept')).to.deep.equal([{ value: 42 }])
    await third.stop()
  })

  it('keeps what JetStream stored over a restart, on the port asked for', async () => {
    const binary = obtainNatsServer()
    const first = await startNats(binary.path, { storeDir: join(folder, 'nats'), syncInterval: 'always' })
    const publisher = await connect({ servers: first.url })
    await (await jetstreamManager(publisher)).streams.add({ name: 'kept', subjects: ['kept'] })
    await jetstream(publisher).publish('kept', 'value')
    await publisher.close()
    await first.stop()
    const port = Number(new URL(first.url).port)
    const second = await startNats(binary.path, { storeDir: join(folder, 'nats'), port })
    expect(second.url).to.equal(first.url)
    const reader = await connect({ servers: second.url })
    expect((await (await jetstreamManager(reader)).streams.info('kept')).state.messages).to.equal(1)
    await reader.close()
    await second.stop()
  })

  it('leaves no server behind when its parent is killed, and starts again at once', async () => {
    const { parent, pids } = await inAnotherProcess(folder)
    parent.kill('SIGKILL')
    await once(parent, 'exit')
    const again = await startPostgres({ dataDir: folder })
    await again.stop()
    expect(await Promise.all([ended(pids.postgres), ended(pids.nats)])).to.deep.equal([true, true])
  })

  it('refuses a data directory that another server uses', async () => {
    const running = await startPostgres({ dataDir: folder })
    const refused = await startPostgres({ dataDir: folder }).then(() => '', String)
    await running.stop()
    expect(refused).to.contain(`process ${running.pid}`)
  }).timeout(30_000)
})
