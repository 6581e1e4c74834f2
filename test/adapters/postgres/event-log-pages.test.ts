import { expect } from 'chai'
import { ORIGIN, type Position } from '../../../application/ports/event-log.ts'
import { postgresEventLog } from '../../../adapters/outbound/postgres/event-log.ts'
import { postgresTransactions } from '../../../adapters/outbound/postgres/transactions.ts'
import { aChange } from '../../support/a-change.ts'
import { aCompanyId } from '../../support/a-company-id.ts'
import { aMessage } from '../../support/a-message.ts'
import { live } from '../../support/an-observation.ts'
import { rightOf } from '../../support/right-of.ts'
import { withDatabase } from '../../support/with-database.ts'

const EVERYTHING = 1_000
const LARGE = 20_000
/** Random letters, which PostgreSQL cannot store in less. */
const incompressible = (): string => Array.from({ length: LARGE }, () => Math.random().toString(36).charAt(2)).join('')

describe('a page of the log', () => {
  const database = withDatabase()

  const write = async (texts: ReadonlyArray<string>): Promise<void> => {
    const companyId = aCompanyId()
    await rightOf(postgresTransactions(database().orm).transact({ companies: [companyId], locks: [] }, (tx) => tx.save({
      message: texts.map((text, i) => aChange('message', { companyId, id: `m${i}` }, [aMessage(live(i), { flow: 'OUT', text })])) })))
  }

  /** Facts of each page, to the end of the log. */
  const pagesOf = async (kinds: ReadonlyArray<'message' | 'chat'>, mostBytes: number) => {
    const log = postgresEventLog(database().orm, mostBytes)
    const pages: number[] = []
    for (let after: Position | undefined = ORIGIN; after !== undefined;) {
      const { facts, through }: Awaited<ReturnType<typeof read>> = await read(after)
      if (through !== undefined) pages.push(facts.length)
      after = through?.position
    }
    return pages
    function read(from: Position) { return rightOf(log.read(from, kinds, EVERYTHING)) }
  }

  it('ends early where its facts are large, and has one at least, however large that is', async () => {
    await write(Array.from({ length: 6 }, incompressible))
    expect(await pagesOf(['message'], 2 * LARGE)).to.deep.equal([2, 2, 2])
    expect(await pagesOf(['message'], 1)).to.deep.equal([1, 1, 1, 1, 1, 1])
  })
  it('counts the bytes of what is read only, and what is stored in less as what it may become', async () => {
    expect(await pagesOf(['chat'], 1)).to.deep.equal([0])
    await write(Array.from({ length: 6 }, () => 'a'.repeat(LARGE)))
    const pages = await pagesOf(['message'], 2 * LARGE)
    expect(pages.slice(3).every((facts) => facts <= 2)).to.equal(true)
  })
})
