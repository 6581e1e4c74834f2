import { expect } from 'chai'
import { sql } from 'kysely'
import { asReader } from '../../../../adapters/outbound/postgres/in-role.ts'
import { openReadSide, type OpenReadSide } from './open-read-side.ts'
import { asProjector } from '../../../support/as-projector.ts'

const TABLES = ['message_timeline', 'chat_overview', 'contact_card', 'agent_board', 'onboarding_list', 'company_totals']

/** A row of each table for a company, with nothing but what must be there. */
const FILL = [
  `insert into read.message_timeline (company_id, message_id, failed, sent_at, is_deleted, merge) values ($1, 'm', false, 0, false, '{}')`,
  `insert into read.chat_overview (company_id, chat_id) values ($1, 'c')`,
  `insert into read.contact_card (company_id, contact_id, status, merge) values ($1, 'k', 'ACTIVE', '{}')`,
  `insert into read.agent_board (company_id, agent_id, merge) values ($1, 'a', '{}')`,
  `insert into read.onboarding_list (company_id, onboarding_id, agent_id, phone_number, message_id, "timestamp")
     values ($1, 'o', 'a', 'p', 'm', 0)`,
  `insert into read.company_totals (company_id) values ($1)`,
]

const failing = (work: Promise<unknown>): Promise<string> =>
  work.then(() => expect.fail('it was allowed'), (cause: unknown) => String(Reflect.get(cause as object, 'code')))

const FORBIDDEN = '42501'
const CHECK_VIOLATED = '23514'

describe('the read side’s tables', () => {
  let side: OpenReadSide
  before(async () => {
    side = await openReadSide()
    for (const company of ['acme', 'ACME']) for (const statement of FILL) await side.look(statement, [company])
  })
  after(() => side.close())

  const seen = (company: string, table: string) => asReader(side.database.orm, company, async (tx) => {
    const { rows } = await sql<{ readonly company_id: string }>`select company_id from ${sql.table(`read.${table}`)}`.execute(tx)
    return rows.map((row) => row.company_id)
  })

  for (const table of TABLES) {
    it(`show a reader only its own company’s rows of ${table}, and none without a company`, async () => {
      expect(await seen('acme', table)).to.deep.equal(['acme'])
      expect(await seen('', table)).to.deep.equal([])
      expect(await seen('acme,ACME', table)).to.deep.equal([])
    })
    it(`let nobody but the owner delete from ${table}`, async () => {
      const doomed = sql`delete from ${sql.table(`read.${table}`)}`
      expect(await failing(asProjector(side.database.orm, (tx) => doomed.execute(tx)))).to.equal(FORBIDDEN)
    })
    it(`take no invalid company into ${table}`, async () => {
      const statement = FILL[TABLES.indexOf(table)] ?? expect.fail('no statement')
      expect(await failing(side.look(statement, ['a company']))).to.equal(CHECK_VIOLATED)
    })
  }
})
