import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { sql } from 'kysely'
import { groups } from '../../../../application/jobs/rebuild/groups.ts'
import { dropBeside, rebuild, takeBack, type Outcome } from '../../../../application/jobs/rebuild/rebuild.ts'
import type { Group } from '../../../../application/ports/generations.ts'
import type { CompanyId } from '../../../../domain/company.ts'
import { ACCESS_RULES } from '../../../support/schema-rules/access-rules.ts'
import { TABLE_RULES } from '../../../support/schema-rules/table-rules.ts'
import { rightOf } from '../../../support/right-of.ts'
import { withOpen } from '../../../support/with-database.ts'
import { aReadSide, COMPANIES } from './a-read-side.ts'
import { asProjector } from '../../../support/as-projector.ts'

const WISH = { acceptDifferences: false, dryRun: false, percent: 100 }
const [CHATS, CONTACTS] = [groups[0], groups[1]] as [Group, Group]
const acme = 'acme' as CompanyId

describe('a rebuild of read models', function () {
  this.timeout(60_000)
  const opened = withOpen(aReadSide)

  const build = (group: Group, wish: Partial<typeof WISH> = {}): Promise<Outcome> =>
    rightOf(rebuild(group, { ...WISH, ...wish }, opened().ports))
  const back = (group: Group): Promise<Outcome> => rightOf(takeBack(group, 100, opened().ports))
  const drop = (group: Group): Promise<Outcome> => rightOf(dropBeside(group, opened().ports))
  const oid = async (table: string): Promise<unknown> =>
    (await opened().side.look(`select to_regclass($1)::oid::text as oid`, [table]))[0]
  const rows = (table: string): Promise<ReadonlyArray<unknown>> =>
    opened().side.look(`select to_jsonb(t) - array['updated_at', 'merge'] as row from ${table} t order by 1`)
  const breaches = async (): Promise<ReadonlyArray<unknown>> => {
    const all = []
    for (const { breaches: query } of [...TABLE_RULES, ...ACCESS_RULES]) all.push(...await opened().side.look(query))
    return all
  }

  afterEach(async () => { for (const group of groups) await drop(group) })

  for (const group of groups) {
    it(`gives the same ${group.join(' and ')} as are served, and exchanges them`, async () => {
      const before = [await oid(`read.${group[0]}`), await rows(`read.${group[0]}`), await rows('read.company_totals')]
      const outcome = await build(group)
      expect(outcome).to.deep.include({ state: 'switched' })
      expect('compared' in outcome && outcome.compared.differences).to.deep.equal([])
      expect('compared' in outcome && outcome.compared.rows).to.be.greaterThan(0)
      expect([await oid(`read_beside.${group[0]}`), await rows(`read.${group[0]}`), await rows('read.company_totals')]).to.deep.equal(before)
    })
  }

  it('keeps the rules of the schema while tables stand beside, and after a switch', async () => {
    const before = await breaches()
    expect(await build(CHATS, { dryRun: true })).to.deep.include({ state: 'built' })
    expect(await breaches()).to.deep.equal(before)
    expect(await build(CHATS)).to.deep.include({ state: 'switched' })
    expect(await breaches()).to.deep.equal(before)
  })

  it('leaves no trace of the exchange in the schema', async () => {
    const shape = () => opened().side.look(`select indexdef, conname from pg_indexes left join pg_constraint on conname = indexname
      and connamespace = 'read'::regnamespace where schemaname = 'read' order by 1, 2`)
    const before = await shape()
    await build(CHATS)
    await drop(CHATS)
    expect(await shape()).to.deep.equal(before)
    expect(await opened().side.look(`select relname from pg_class where relnamespace = 'read_switch'::regnamespace`)).to.deep.equal([])
  })

  it('goes on where it was stopped, and with facts that came meanwhile', async () => {
    await build(CHATS, { dryRun: true })
    await opened().write(acme, 5)
    await opened().project()
    opened().seen.length = 0
    expect(await build(CHATS)).to.deep.include({ state: 'switched' })
    const [first] = opened().seen.filter(([name]) => name === 'message_timeline')
    expect(first?.[1]).to.be.greaterThan(50)
  })

  it('goes no further than what is served, however far the log is', async () => {
    await opened().write(acme, 3)
    const outcome = await build(CHATS)
    expect('compared' in outcome && outcome.compared.differences).to.deep.equal([])
    expect(outcome).to.deep.include({ state: 'switched' })
    await opened().project()
    expect(await build(CHATS)).to.deep.equal({ state: 'refused', why: 'other_generation_there' })
  })

  it('finds a row that is missing, one that differs, and a wrong count; switches only when told so, and then all is well', async () => {
    const { look } = opened().side
    await look(`delete from read.message_timeline where company_id = 'acme' and message_id = 'w-1'`)
    await look(`update read.message_timeline set status = 'sent' where company_id = 'beta' and message_id = 'w-13'`)
    await look(`update read.company_totals set messages = messages + 7 where company_id = 'gamma'`)
    const outcome = await build(CHATS)
    expect(outcome.state).to.equal('differs')
    expect('compared' in outcome
      && outcome.compared.differences.map(({ what, companyId, served, beside }) => [what, companyId, beside - served]))
      .to.deep.equal([['message_timeline', 'acme', 1], ['message_timeline', 'beta', 0], ['company_totals.messages', 'gamma', -7]])
    expect(await build(CHATS, { acceptDifferences: true })).to.deep.include({ state: 'switched' })
    expect((await look(`select status from read.message_timeline where message_id in ('w-1', 'w-13') order by message_id`)).length).to.equal(2)
    await drop(CHATS)
    expect((await build(CHATS, { dryRun: true }) as Extract<Outcome, { compared: unknown }>).compared.differences).to.deep.equal([])
  })

  it('serves what was served before when it is taken back, brought to the present', async () => {
    const old = await oid('read.contact_card')
    await build(CONTACTS)
    await opened().write(acme, 2)
    await opened().project()
    expect(await oid('read.contact_card')).not.to.deep.equal(old)
    expect(await back(CONTACTS)).to.deep.include({ state: 'switched' })
    expect(await oid('read.contact_card')).to.deep.equal(old)
    const { ports } = opened()
    const [served, beside] = [await rightOf(ports.served.progress('contact_card')), await rightOf(ports.beside.progress('contact_card'))]
    expect(served.position).to.deep.equal(beside.position)
    expect(await build(CONTACTS)).to.deep.equal({ state: 'refused', why: 'other_generation_there' })
    expect(await back(CONTACTS)).to.deep.include({ state: 'switched' })
  })

  it('refuses what makes no sense', async () => {
    expect(await back(CONTACTS)).to.deep.equal({ state: 'refused', why: 'nothing_there' })
    expect(await drop(CONTACTS)).to.deep.equal({ state: 'refused', why: 'nothing_there' })
    await build(CONTACTS, { dryRun: true })
    expect(await back(CONTACTS)).to.deep.equal({ state: 'refused', why: 'never_served' })
  })

  it('refuses to switch to tables that a migration has left behind', async () => {
    const { look } = opened().side
    await build(CONTACTS, { dryRun: true })
    await look('alter table read.contact_card add column nickname text')
    expect(await build(CONTACTS)).to.deep.equal({ state: 'refused', why: 'does_not_fit' })
    await drop(CONTACTS)
    expect(await build(CONTACTS)).to.deep.include({ state: 'switched' })
    await look('alter table read.contact_card drop column nickname')
    expect(await back(CONTACTS)).to.deep.equal({ state: 'refused', why: 'does_not_fit' })
  })

  it('lets no projector write into the new rows what it has folded out of the old ones', async () => {
    const { ports, write, project } = opened()
    await write(acme, 1)
    const before = await rightOf(ports.served.progress('message_timeline'))
    await build(CHATS)
    const after = await rightOf(ports.served.progress('message_timeline'))
    expect(after.position).to.deep.equal(before.position)
    const step = { from: before.position, to: { position: { ...before.position, seq: before.position.seq + 1 } }, rows: [] }
    expect(await rightOf(ports.served.advance('message_timeline', { ...step, generation: before.generation ?? '' }))).to.equal(false)
    await project()
  })

  it('waits for a projector at work, and lets readers pass while it is held', async () => {
    const { side, ports } = opened()
    await build(CONTACTS, { dryRun: true })
    const order: string[] = []
    const [begun, working] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()]
    const projecting = asProjector(side.database.orm, async (tx) => {
      await sql`update read.checkpoint set updated_at = now()`.execute(tx)
      begun.resolve(undefined)
      await working.promise
      order.push('projected')
    })
    await begun.promise
    const comparing = rightOf(ports.generations.compare(CONTACTS, async () => {
      order.push('held')
      await side.look('select count(*) from read.contact_card')
      order.push('read')
      return E.right(undefined)
    }, 100))
    setTimeout(() => { working.resolve(undefined) }, 300)
    await Promise.all([projecting, comparing])
    expect(order).to.deep.equal(['projected', 'held', 'read'])
  })

  it('shows each company its own rows only, before and after', async () => {
    await build(CHATS)
    for (const company of COMPANIES)
      expect((await opened().side.look(`select count(*)::int as n from read.message_timeline where company_id = $1`, [company]))[0])
        .to.deep.equal((await opened().side.look(`select messages::int as n from read.company_totals where company_id = $1`, [company]))[0])
  })
})
