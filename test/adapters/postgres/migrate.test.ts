import { expect } from 'chai'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
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

  it('lets others through while it waits for a table, keeps what it has applied, and goes on when it can', async () => {
    const url = await fresh()
    const orm = await openOrm({ url, poolSize: 1, name: 'daisi-test-migrate' })
    const upTo = all.slice(0, 9)
    await orm.migrator.up({ to: upTo.at(-1) ?? '' })
    await orm.close()
    const [holder, other] = [new pg.Client({ connectionString: url }), new pg.Client({ connectionString: url })]
    await Promise.all([holder.connect(), other.connect()])
    await holder.query('begin; select from daisi.event_log')
    const migrating = migrate(url)
    const waiting = `select from pg_stat_activity where datname = current_database() and application_name = 'daisi-migrate'
      and wait_event_type = 'Lock'`
    while ((await other.query(waiting)).rowCount === 0) await sleep(10)
    await other.query('select from daisi.event_log')
    expect(await missing(url)).to.be.within(1, all.length - upTo.length)
    await holder.query('commit')
    expect(await migrating).to.deep.equal(all.slice(upTo.length))
    await Promise.all([holder.end(), other.end()])
    expect(await missing(url)).to.equal(0)
  })
})
