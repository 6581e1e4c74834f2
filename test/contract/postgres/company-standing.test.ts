import { expect } from 'chai'
import { sql } from 'kysely'
import { postgresAcknowledgedPositions } from '../../../adapters/outbound/postgres/acknowledged-positions.ts'
import { postgresCompanyStanding } from '../../../adapters/outbound/postgres/company-standing.ts'
import { asReader, asWriter } from '../../../adapters/outbound/postgres/in-role.ts'
import { rightOf } from '../../support/right-of.ts'
import { withDatabase } from '../../support/with-database.ts'
import { describeCompanyStanding } from '../company-standing.contract.ts'

describe('on PostgreSQL', () => {
  const database = withDatabase()
  const insert = (company: string, status: string) => asWriter(database().orm, [company], async (tx) => {
    await sql`insert into daisi.companies (company_id, status) values (${company}, ${status})`.execute(tx)
  })

  describeCompanyStanding('PostgreSQL', () =>
    Promise.resolve({ standing: postgresCompanyStanding(database().orm), suspend: (companyId) => insert(companyId, 'suspended'),
      save: (reached) => rightOf(postgresAcknowledgedPositions(database().orm).save([reached])) }))

  it('shows a reader its own company of the registry, and only whether it is suspended', async () => {
    await insert('reader', 'active')
    const seen = (columns: string) => asReader(database().orm, 'reader', async (tx) =>
      (await sql`select ${sql.raw(columns)} from daisi.companies`.execute(tx)).rows)
    expect(await seen('company_id, status')).to.deep.equal([{ company_id: 'reader', status: 'active' }])
    expect(await seen('limits').catch((cause: unknown) => Reflect.get(cause as object, 'code') as unknown)).to.equal('42501')
  })
})
