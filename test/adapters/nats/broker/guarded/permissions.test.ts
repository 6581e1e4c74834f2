import { jetstreamManager } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import { expect } from 'chai'
import { ensureStreams } from '../../../../../adapters/inbound/nats/streams.ts'
import { mayListen, mayPublish } from '../../../../support/broker-rights.ts'
import { openGuardedBroker, type BrokerUser, type GuardedBroker } from '../../../../support/guarded-broker.ts'
import { ACME, GLOBEX, LISTENED, PUBLISHED, RIGHTS } from './permission-tables.ts'

type Name = keyof typeof RIGHTS
const USERS: Readonly<Record<Name, BrokerUser>> = { ACME: { producerOf: ACME }, GLOBEX: { producerOf: GLOBEX }, worker: 'worker',
  provisioner: 'provisioner', operator: 'operator', monitor: 'monitor' }

/** The subjects of `all` that the user is let do `what` with. */
const allowed = async (may: (subject: string) => Promise<boolean>, all: ReadonlyArray<string>): Promise<ReadonlyArray<string>> => {
  const found: string[] = []
  for (const subject of all) if (await may(subject)) found.push(subject)
  return found
}

describe('the shipped configuration of nats-server', () => {
  let broker: GuardedBroker
  before(async () => {
    broker = await openGuardedBroker(ACME, GLOBEX)
    const provisioner = await broker.as('provisioner')
    await ensureStreams(await jetstreamManager(provisioner))
    await provisioner.close()
  })
  after(() => broker.close())

  const withUser = async <A>(user: BrokerUser, work: (connection: NatsConnection) => Promise<A>): Promise<A> => {
    const connection = await broker.as(user)
    try {
      return await work(connection)
    } finally {
      await connection.close()
    }
  }

  for (const name of Object.keys(USERS) as ReadonlyArray<Name>) {
    it(`lets ${name} publish to its subjects and to no other of ${PUBLISHED.length}`, () => withUser(USERS[name], async (connection) => {
      expect(RIGHTS[name].publish.filter((subject) => !PUBLISHED.includes(subject))).to.deep.equal([])
      expect(await allowed((subject) => mayPublish(connection, subject), PUBLISHED)).to.have.members(RIGHTS[name].publish)
    })).timeout(60_000)
    it(`lets ${name} listen to its own answers and to nothing else of ${LISTENED.length}`, () => withUser(USERS[name], async (connection) => {
      expect(await allowed((subject) => mayListen(connection, subject), LISTENED)).to.have.members(RIGHTS[name].listen)
    }))
  }
})
