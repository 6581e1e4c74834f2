import { expect } from 'chai'
import { randomUUID } from 'node:crypto'
import { Client } from 'pg'
import { openOrm } from '../../../adapters/outbound/postgres/orm.ts'
import { runtimeRoleProblems } from '../../../adapters/outbound/postgres/runtime-role.ts'
import { rightOf } from '../../support/right-of.ts'
import { withDatabase } from '../../support/with-database.ts'

describe('the login of a process', () => {
  const database = withDatabase()

  /** Problems of a new login with these grants, in production. */
  const problemsOf = async (...grants: ReadonlyArray<string>): Promise<ReadonlyArray<string>> => {
    const login = `daisitest_${randomUUID().replaceAll('-', '')}`
    const admin = new Client({ connectionString: database().url })
    await admin.connect()
    await admin.query(`create role ${login} login password 'x'`)
    for (const role of grants) await admin.query(`grant ${role} to ${login} with inherit false, set true`)
    const url = new URL(database().url)
    Object.assign(url, { username: login, password: 'x' })
    const orm = await openOrm({ url: url.href, poolSize: 1, name: 'daisi-test-role' })
    try {
      return await rightOf(runtimeRoleProblems(orm, 'daisi_writer', true))
    } finally {
      await orm.close()
      await admin.query(`drop role ${login}`)
      await admin.end()
    }
  }

  it('may start in production with its own role and nothing else', async () => {
    expect(await problemsOf('daisi_writer')).to.deep.equal([])
  })

  it('may not start without its role', async () => {
    expect(await problemsOf('daisi_reader')).to.have.length(1)
  })

  it('may not start in production when it may become the owner', async () => {
    expect((await problemsOf('daisi_writer', 'daisi_owner')).join()).to.contain('daisi_owner')
  })

  it('may be a superuser in development only', async () => {
    expect(await rightOf(runtimeRoleProblems(database().orm, 'daisi_writer', false))).to.deep.equal([])
    expect((await rightOf(runtimeRoleProblems(database().orm, 'daisi_writer', true))).join()).to.contain('superuser')
  })
})
