import { connect } from '@nats-io/transport-node'
import { chance } from '../../adapters/main/sample/chance.ts'
import { preload } from './bench-ingest.ts'
import { messageBody } from './message-body.ts'

/** A process of its own, as publishers are: url, companies, events in all, seed. The companies take turns. */
const [url = '', companies = '1', events = '1', seed = '1'] = process.argv.slice(2)

const connection = await connect({ servers: url })
const source = chance(Number(seed))
await preload(connection, Number(events), (i) => [`v1.messages.upsert.many-${i % Number(companies)}`, messageBody(source, `m${i}`, i)])
await connection.close()
