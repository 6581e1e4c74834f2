import { connect } from '@nats-io/transport-node'
import { setTimeout as sleep } from 'node:timers/promises'
import { chance } from '../../adapters/main/sample/chance.ts'
import { messageBody } from './message-body.ts'

/** A process of its own, so that what keeps the measured one busy delays no publish: url, prefix, companies, events/s of each, seed. */
const [url = '', prefix = '', companies = '1', perSecond = '1', seed = '1'] = process.argv.slice(2)

const TICK_MS = 5
const MS_PER_SECOND = 1_000

const connection = await connect({ servers: url })
process.once('SIGTERM', () => { void connection.close().finally(() => { process.exit(0) }) })
const source = chance(Number(seed))
const eachMs = MS_PER_SECOND / (Number(companies) * Number(perSecond))
const begun = performance.now()
for (let sent = 0; ; await sleep(TICK_MS)) {
  for (; begun + sent * eachMs <= performance.now(); sent += 1)
    connection.publish(`v1.messages.upsert.${prefix}-${sent % Number(companies)}`, messageBody(source, `${sent}@${Date.now()}`, sent))
}
