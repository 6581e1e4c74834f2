import { expect } from 'chai'
import { migrations } from '../../../migrations/migrations.ts'
import { migrate } from '../../../adapters/outbound/postgres/migrate.ts'
import { openOrm } from '../../../adapters/outbound/postgres/orm.ts'
import { schemaState } from '../../../adapters/outbound/postgres/schema-state.ts'
import { freshDatabase, type FreshDatabase } from '../../support/fresh-database.ts'

describe('migrate', () => {
  const made: FreshDatabase[] = []
  const fresh = async (): Promise<string> => {
    const database = await freshDatabase()
    made.push(database)
    return database.url
  }
  after(() => Promise.all(made.map(({ drop }) => drop())))

  const missing = async (url: string): Promise<number> => {
    const orm = await openOrm({ url, poolSize: 1, name: 'daisi-test-migrate' })
    try {
      return (await schemaState(orm, 'daisi_reader')).missing
    } finally {
      await orm.close()
    }
  }

  const all = migrations.map(({ name }) => name)

  it('brings an empty database up to date, and then finds nothing to do', async () => {
    const url = await fresh()
    expect(await missing(url)).to.equal(all.length)
    expect(await migrate(url)).to.deep.equal(all)
    expect(await migrate(url)).to.deep.equal([])
    expect(await missing(url)).to.equal(0)
  })

  it('may be run twice at once', async () => {
    const url = await fresh()
    const applied = await Promise.all([migrate(url), migrate(url)])
    expect(applied.map(({ length }) => length).sort()).to.deep.equal([0, all.length])
  })

  it('may be run in two databases of one server at once, which share their roles', async () => {
    const urls = [await fresh(), await fresh(), await fresh()]
    expect(await Promise.all(urls.map(migrate))).to.deep.equal(urls.map(() => all))
  })
})
