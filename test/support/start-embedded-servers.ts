import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startNats } from '../../adapters/main/embedded/nats-server.ts'
import { obtainNatsServer } from '../../adapters/main/embedded/obtain-nats-server.ts'
import { startPostgres } from '../../adapters/main/embedded/postgres.ts'

/** A program to be killed: starts both servers below the folder named, says their process numbers, and waits. */
const [, , folder = '.'] = process.argv
const postgres = await startPostgres({ dataDir: folder })
const nats = await startNats(obtainNatsServer().path, { storeDir: join(folder, 'nats') })
process.stdout.write(`${JSON.stringify({ postgres: postgres.pid, nats: nats.pid })}\n`)
await sleep(60_000)
