import { expect } from 'chai'
import type { MikroORM } from '@mikro-orm/postgresql'
import type { PoolClient } from 'pg'
import { handleBatch } from '../../../application/commands/handle-batch.ts'
import type { Instruction } from '../../../application/aggregates.ts'
import type { MessageId } from '../../../domain/message/message.ts'
import type { ChatId } from '../../../domain/chat/chat.ts'
import { openOrm } from '../../../adapters/outbound/postgres/orm.ts'
import { postgresTransactions } from '../../../adapters/outbound/postgres/transactions.ts'
import { aCause } from '../../support/a-change.ts'
import { aChat } from '../../support/a-chat.ts'
import { aCompanyId } from '../../support/a-company-id.ts'
import { aMessage } from '../../support/a-message.ts'
import { live } from '../../support/an-observation.ts'
import { rightOf } from '../../support/right-of.ts'
import { withDatabase } from '../../support/with-database.ts'

/** Begin, settings, locks, load, save, commit. */
const ROUND_TRIPS = 6

/** Statements that `work` sends, counted where they leave the driver. */
const statementsOf = async (orm: MikroORM, work: () => Promise<unknown>): Promise<number> => {
  const pool = await orm.em.getConnection().getNativeClient()
  let count = 0
  const counted = new WeakSet<PoolClient>()
  const count1 = (client: PoolClient): void => {
    if (counted.has(client)) return
    counted.add(client)
    const send = client.query.bind(client) as (...args: ReadonlyArray<unknown>) => unknown
    Object.assign(client, { query: (...args: ReadonlyArray<unknown>) => {
      count += 1
      return send(...args)
    } })
  }
  pool.on('acquire', count1)
  await work()
  pool.off('acquire', count1)
  return count
}

describe('a batch', () => {
  const database = withDatabase()

  const batchOf = (size: number): ReadonlyArray<Instruction> => {
    const companyId = aCompanyId()
    return Array.from({ length: size }, (_, i): Instruction => (i % 2 === 0
      ? { kind: 'message', companyId, id: `m${String(i)}`, cause: aCause(i), command: { ...aMessage(live(i)), messageId: `m${String(i)}` as MessageId } }
      : { kind: 'chat', companyId, id: `c${String(i)}`, cause: aCause(i), command: { ...aChat(live(i)), chatId: `c${String(i)}` as ChatId } }))
  }

  for (const size of [1, 2, 500]) {
    it(`of ${String(size)} takes ${String(ROUND_TRIPS)} round trips`, async () => {
      const orm = await openOrm({ url: database().url, poolSize: 1, name: 'daisi-test-count' })
      try {
        expect(await statementsOf(orm, () => rightOf(handleBatch(postgresTransactions(orm))(batchOf(size))))).to.equal(ROUND_TRIPS)
      } finally {
        await orm.close()
      }
    })
  }
})
