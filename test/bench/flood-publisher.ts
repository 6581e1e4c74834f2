import { connect } from '@nats-io/transport-node'
import { chance } from '../../adapters/main/sample/chance.ts'
import { messageBody } from './message-body.ts'
import { publishAll } from './publish.ts'

/**
 * A process of its own, as publishers are: url, companies, events in all, seed. The companies take turns. It says when it is
 * connected and publishes when it is told to: nobody measures its start.
 */
const [url = '', companies = '1', events = '1', seed = '1'] = process.argv.slice(2)

const connection = await connect({ servers: url })
const source = chance(Number(seed))
process.once('message', () => {
  void publishAll(connection, Number(events), (i) => [`v1.messages.upsert.many-${i % Number(companies)}`, messageBody(source, `m${i}`, i)])
    .then(() => connection.close())
    .then(() => { process.disconnect() })
})
process.send?.('ready')
