import { expect } from 'chai'
import { oneAtATime } from '../../adapters/outbound/postgres/generations/one-at-a-time.ts'
import { aReadSide } from '../adapters/postgres/generations/a-read-side.ts'
import { runDaisi, type Ran } from '../support/run-daisi.ts'
import { withOpen } from '../support/with-database.ts'

interface Told {
  readonly rebuilds: ReadonlyArray<{
    readonly projections: ReadonlyArray<string>
    readonly state: string
    readonly compared?: { readonly rows: number; readonly differences: ReadonlyArray<unknown> }
  }>
}

describe('daisi rebuild', function () {
  this.timeout(60_000)
  const opened = withOpen(aReadSide)
  const rebuild = (...args: ReadonlyArray<string>): Promise<Ran> =>
    runDaisi(['rebuild', ...args], { DATABASE_URL: opened().side.database.url })
  const told = async (...args: ReadonlyArray<string>): Promise<Told> => {
    const { code, out, err } = await rebuild(...args, '--json')
    expect(code, `${out}${err}`).to.equal(0)
    return JSON.parse(out) as Told
  }

  it('builds all read models anew, finds them equal, and switches; takes them back; drops them', async () => {
    const { rebuilds } = await told('--all', '--sample', '100')
    expect(rebuilds.map(({ projections, state, compared }) => [projections[0], state, compared?.differences.length]))
      .to.deep.equal([['message_timeline', 'switched', 0], ['contact_card', 'switched', 0], ['agent_board', 'switched', 0],
        ['onboarding_list', 'switched', 0]])
    expect((await rebuild()).out).to.contain('served until the switch')
    expect((await told('--all', '--back')).rebuilds.map(({ state }) => state)).to.deep.equal(Array(4).fill('switched'))
    expect((await rebuild()).out).to.contain('served until --back')
    expect((await told('--all', '--drop')).rebuilds.map(({ state }) => state)).to.deep.equal(Array(4).fill('dropped'))
    expect((await rebuild()).out).not.to.contain('served until')
  })

  it('says what it found, in words, and how far it is where nobody watches', async () => {
    const { code, out, err } = await rebuild('chat_overview', '--dry-run')
    expect(code, err).to.equal(0)
    expect(out).to.match(/^message_timeline and chat_overview: built and not switched; \d+ rows of 3 companies compared, \d+ of them by content: 0 differences/)
    expect(err).to.match(/^message_timeline: \d+$/m)
    expect((await rebuild('chat_overview', '--drop')).out).to.contain('dropped what stood beside it')
  })

  it('switches to nothing that differs, and says so', async () => {
    await opened().side.look(`update read.agent_board set status = 'tampered'`)
    const { code, out } = await rebuild('agent_board', '--sample', '100')
    expect(code).to.equal(1)
    expect(out).to.contain('not switched').and.to.contain('other contents').and.to.contain('--accept-differences')
    expect((await told('agent_board', '--accept-differences')).rebuilds[0]?.state).to.equal('switched')
    expect((await opened().side.look(`select from read.agent_board where status = 'tampered'`)).length).to.equal(0)
  })

  it('does not let two be at work at once', async () => {
    const other = await oneAtATime(opened().side.database.url, () => rebuild('contact_card', '--dry-run'))
    expect(other?.code).to.equal(1)
    expect(other?.err).to.contain('Another `daisi rebuild` is at work')
    expect((await rebuild('contact_card', '--dry-run')).code).to.equal(0)
  })

  it('refuses what contradicts itself', async () => {
    for (const args of [['--back'], ['contact_card', '--all'], ['contact_card', '--back', '--drop'],
      ['contact_card', '--back', '--dry-run'], ['no_such_thing'], ['contact_card', '--sample', '0']])
      expect((await rebuild(...args)).code, args.join(' ')).to.equal(2)
  })

  it('wants the login of migrations', async () => {
    const url = new URL(opened().side.database.url)
    await opened().side.look('reset role')
    await opened().side.look('create role daisitest_runtime login')
    await opened().side.look('grant daisi_projector to daisitest_runtime with inherit false, set true')
    url.username = 'daisitest_runtime'
    const { code, err } = await runDaisi(['rebuild', 'contact_card'], { DATABASE_URL: url.href })
    await opened().side.look('drop role daisitest_runtime')
    expect(code).to.equal(1)
    expect(err).to.contain('may not become daisi_owner').and.to.contain('MIGRATION_DATABASE_URL')
  })
})
