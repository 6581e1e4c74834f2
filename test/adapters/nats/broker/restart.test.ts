import { connect } from '@nats-io/transport-node'
import { expect } from 'chai'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { startNats, type EmbeddedNats } from '../../../../adapters/main/embedded/nats-server.ts'
import { obtainNatsServer } from '../../../../adapters/main/embedded/obtain-nats-server.ts'
import { aMessageBody } from '../../../support/a-delivery.ts'
import { anIngest, publisher } from '../../../support/an-ingest.ts'
import { openFolder } from '../../../support/embedded-servers.ts'
import { eventually } from '../../../support/eventually.ts'

const SUBJECT = 'v1.messages.upsert.acme'
const PING_MS = 1_000

describe('ingest, when the broker dies', () => {
  it('makes its durables again, for they lived in the broker’s memory, and loses nothing', async () => {
    const folder = openFolder()
    const start = (port?: number): Promise<EmbeddedNats> =>
      startNats(obtainNatsServer().path, { storeDir: join(folder, 'nats'), ...(port === undefined ? {} : { port }) })
    const first = await start()
    const connection = await connect({ servers: first.url, pingInterval: PING_MS, maxReconnectAttempts: -1, reconnectTimeWait: 100 })
    const publish = publisher(connection)
    const { applied, stop } = await anIngest(connection)
    await publish(SUBJECT, ...Array.from({ length: 20 }, (_, i) => aMessageBody(`m${i}`)))
    await eventually('the first are applied', () => applied().size === 20)
    process.kill(first.pid, 'SIGKILL')
    await first.stop()
    const second = await start(Number(new URL(first.url).port))
    await eventually('the publisher is connected again', () => publish(SUBJECT, aMessageBody('m20')).then(() => true, () => false))
    await eventually('what came afterwards is applied', () => applied().has('m20'), 15_000)
    expect(applied().size).to.equal(21)
    await stop()
    await connection.close()
    await second.stop()
    rmSync(folder, { recursive: true, force: true })
  }).timeout(40_000)
})
