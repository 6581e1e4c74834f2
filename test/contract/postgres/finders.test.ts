import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { sql } from 'kysely'
import { postgresReads } from '../../../adapters/outbound/postgres/finder-reads.ts'
import { openReadSession } from '../../../adapters/outbound/postgres/finder-session.ts'
import type { CompanyId } from '../../../domain/company.ts'
import { openReadSide, type OpenReadSide } from '../../adapters/postgres/read-models/open-read-side.ts'
import { rightOf } from '../../support/right-of.ts'
import { describeFinders } from '../finders.contract.ts'

const acme = 'acme' as CompanyId

describe('on PostgreSQL', () => {
  let side: OpenReadSide
  before(async () => { side = await openReadSide() })
  after(() => side.close())

  describeFinders('PostgreSQL', async () => {
    await side.clear()
    return { store: side.store, openReads: postgresReads(side.database.orm) }
  })

  describe('a read session', () => {
    it('runs all statements in one read-only transaction of the reader, in the company\'s name', async () => {
      const session = openReadSession(side.database.orm, acme)
      const look = session.rows(sql<object>`select current_user::text as who, current_setting('app.company_id') as company,
        current_setting('transaction_read_only') as only, current_setting('statement_timeout') as most, now()::text as started`)
      const [[first], [second]] = await Promise.all([rightOf(look), rightOf(look)])
      await session.close()
      expect(second).to.deep.equal(first)
      expect(first).to.include({ who: 'daisi_reader', company: 'acme', only: 'on', most: '5s' })
    })
    it('takes no connection as long as nothing is read', async () => {
      const before = await side.look('select 1 from pg_stat_activity where datname = current_database()')
      const sessions = Array.from({ length: 20 }, () => openReadSession(side.database.orm, acme))
      await Promise.all(sessions.map((session) => session.close()))
      expect(await side.look('select 1 from pg_stat_activity where datname = current_database()')).to.have.length(before.length)
    })
    it('says that a statement took too long, alike for those behind it, and gives the connection back', async () => {
      const session = openReadSession(side.database.orm, acme)
      await rightOf(session.rows(sql`select set_config('statement_timeout', '50ms', true)`))
      const answers = await Promise.all([session.rows(sql`select pg_sleep(5)`)(), session.rows(sql`select 1`)()])
      await session.close()
      const tooSlow = { _tag: 'Left', left: { type: 'TooSlow' } }
      expect(answers).to.deep.equal([tooSlow, tooSlow])
      const idle = `select 1 from pg_stat_activity where state like 'idle in transaction%' and datname = current_database()`
      expect(await side.look(idle)).to.deep.equal([])
    })
    it('reads nothing more once it is closed, and holds no connection', async () => {
      const session = openReadSession(side.database.orm, acme)
      const begun = [session.rows(sql`select pg_sleep(0.1)`)(), session.rows(sql`select 1`)()]
      await session.close()
      const late = await session.rows(sql`select 1`)()
      expect((await Promise.all(begun)).map(E.isLeft)).to.deep.equal([true, true])
      expect(E.isLeft(late)).to.equal(true)
      expect(await side.look(`select 1 from pg_stat_activity where state like 'idle in transaction%' and datname = current_database()`))
        .to.deep.equal([])
    })
    it('cannot write', async () => {
      const session = openReadSession(side.database.orm, acme)
      const answer = await session.rows(sql`delete from read.agent_board`)()
      await session.close()
      expect(E.isLeft(answer)).to.equal(true)
    })
  })
})
