import { expect } from 'chai'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { ORIGIN } from '../../../application/ports/event-log.ts'
import type { CompanyId } from '../../../domain/company.ts'
import { postgresEventLog } from '../../../adapters/outbound/postgres/event-log.ts'
import { postgresTransactions } from '../../../adapters/outbound/postgres/transactions.ts'
import { aChange } from '../../support/a-change.ts'
import { aCompanyId } from '../../support/a-company-id.ts'
import { aMessage } from '../../support/a-message.ts'
import { live } from '../../support/an-observation.ts'
import { factsOf } from '../../support/facts-of.ts'
import { rightOf } from '../../support/right-of.ts'
import { withDatabase } from '../../support/with-database.ts'

const EVERYTHING = 1_000
const OUTGOING = { flow: 'OUT' } as const

describe('the log while a transaction is open', () => {
  const database = withDatabase()

  /** Saves a message and commits once `hold` allows it. */
  const write = (companyId: CompanyId, id: string, hold: () => Promise<void> = () => Promise.resolve()): Promise<void> =>
    rightOf(postgresTransactions(database().orm).transact({ companies: [companyId], locks: [] }, (tx) => pipe(
      tx.save({ message: [aChange('message', { companyId, id }, [aMessage(live(1), OUTGOING)])] }),
      TE.chainW(() => TE.fromTask(hold)),
    )))

  it('holds back what committed after it began, so that no reader ever skips a fact', async () => {
    const companyId = aCompanyId()
    const log = postgresEventLog(database().orm)
    const [saved, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const slow = write(companyId, 'slow', () => {
      saved.resolve()
      return released.promise
    })
    await saved.promise
    await write(companyId, 'quick')
    const meanwhile = await rightOf(log.read(ORIGIN, ['message'], EVERYTHING))
    released.resolve()
    await slow
    expect(meanwhile.facts).to.deep.equal([])
    expect((await factsOf(log, companyId, 2)).map(({ id }) => id)).to.deep.equal(['slow', 'quick'])
  })

  it('misses none of many written side by side', async () => {
    const companyId = aCompanyId()
    const log = postgresEventLog(database().orm)
    const ids = Array.from({ length: 60 }, (_, i) => `m${String(i)}`)
    let isWriting = true
    const writing = Promise.all([0, 1, 2, 3].map(async (writer) => {
      for (const [i, id] of ids.entries()) if (i % 4 === writer) await write(companyId, id)
    })).finally(() => { isWriting = false })
    const seen: string[] = []
    for (let [after, isDone] = [ORIGIN, false]; !isDone;) {
      isDone = !isWriting && (await factsOf(log, companyId, ids.length)).length === seen.length
      const page = await rightOf(log.read(after, ['message'], 7))
      seen.push(...page.facts.filter((fact) => fact.companyId === companyId).map(({ id }) => id))
      after = page.through?.position ?? after
    }
    await writing
    expect(seen.toSorted()).to.deep.equal(ids.toSorted())
  })
})
