import { expect } from 'chai'
import { postgresEventLog } from '../../../adapters/outbound/postgres/event-log.ts'
import { logOrigin, raiseEpoch } from '../../../adapters/outbound/postgres/restored/log-epoch.ts'
import { lostPolicies, lostProjections } from '../../../adapters/outbound/postgres/restored/lost-checkpoints.ts'
import {
  forgetBeyond, lastWritten, storedPositions, writersAtWork,
} from '../../../adapters/outbound/postgres/restored/restored-database.ts'
import { repairSequences } from '../../../adapters/outbound/postgres/restored/sequences.ts'
import { openOrm } from '../../../adapters/outbound/postgres/orm.ts'
import { postgresTransactions } from '../../../adapters/outbound/postgres/transactions.ts'
import { ORIGIN } from '../../../application/ports/event-log.ts'
import { aChange } from '../../support/a-change.ts'
import { aCompanyId } from '../../support/a-company-id.ts'
import { aMessage } from '../../support/a-message.ts'
import { live } from '../../support/an-observation.ts'
import { eventually } from '../../support/eventually.ts'
import { rightOf } from '../../support/right-of.ts'
import { openReadSide } from './read-models/open-read-side.ts'
import { withOpen } from '../../support/with-database.ts'

const EVERYTHING = 1_000
/** What another cluster would have come to. */
const FOREIGN = `update daisi.event_log set xid = (xid::text::bigint + 900000000000)::text::xid8`

describe('a database that was restored into another cluster', () => {
  const opened = withOpen(openReadSide)
  const companyId = aCompanyId()
  const orm = () => opened().database.orm
  const look = <Row>(text: string): Promise<ReadonlyArray<Row>> => opened().look<Row>(text)

  const write = async (...ids: ReadonlyArray<string>): Promise<void> => {
    for (const id of ids)
      await rightOf(postgresTransactions(orm()).transact({ companies: [companyId], locks: [] }, (tx) =>
        tx.save({ message: [aChange('message', { companyId, id }, [aMessage(live(1), { flow: 'OUT' })])] })))
  }
  const read = async (): Promise<ReadonlyArray<string>> =>
    (await rightOf(postgresEventLog(orm()).read(ORIGIN, ['message'], EVERYTHING))).facts.map(({ id }) => id)
  /** A writer of another test may hold the log back for a moment. */
  const untilRead = (...ids: ReadonlyArray<string>): Promise<void> => eventually(`${ids.join()} are read`, async () =>
    JSON.stringify(await read()) === JSON.stringify(ids))

  beforeEach(async () => {
    await look('truncate daisi.event_log, daisi.messages, daisi.acknowledged_positions, daisi.policy_checkpoints, read.checkpoint')
    await look('update daisi.log_epoch set epoch = 1')
  })

  it('gives readers nothing until the epoch is raised, then everything, and what is written afterwards behind it', async () => {
    await write('a', 'b')
    await look(FOREIGN)
    expect(await read()).to.deep.equal([])
    expect(await logOrigin(orm())).to.deep.equal({ epoch: 1, foreign: true, strays: 0 })
    await raiseEpoch(orm())
    await write('c')
    await untilRead('a', 'b', 'c')
    expect(await logOrigin(orm())).to.deep.equal({ epoch: 2, foreign: false, strays: 0 })
  })

  it('is told apart from one whose cluster goes on, whose epoch stays', async () => {
    await write('a')
    expect(await raiseEpoch(orm())).to.deep.equal({ epoch: 1, foreign: false, strays: 0 })
    expect(await look('select epoch from daisi.log_epoch')).to.deep.equal([{ epoch: 1 }])
  })

  it('keeps in order what was written too early', async () => {
    await write('a', 'b')
    await look(FOREIGN)
    await write('early')
    expect(await raiseEpoch(orm())).to.deep.equal({ epoch: 1, foreign: true, strays: 1 })
    await write('late')
    await untilRead('a', 'b', 'early', 'late')
  })

  it('waits with the epoch until a writer at work has ended, so that no fact appears behind a reader', async () => {
    await write('a')
    await look(FOREIGN)
    const [saved, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const slow = rightOf(postgresTransactions(orm()).transact({ companies: [companyId], locks: [] }, (tx) => async () => {
      const result = await tx.save({ message: [aChange('message', { companyId, id: 'slow' }, [aMessage(live(1), { flow: 'OUT' })])] })()
      saved.resolve()
      await released.promise
      return result
    }))
    await saved.promise
    const raising = raiseEpoch(orm())
    released.resolve()
    await slow
    expect(await raising).to.deep.equal({ epoch: 1, foreign: true, strays: 1 })
    await untilRead('a', 'slow')
  })

  it('gives no number twice', async () => {
    await write('a', 'b')
    expect(await repairSequences(orm(), false)).to.deep.equal([])
    await look(`select setval(pg_get_serial_sequence('daisi.event_log', 'seq'), 1)`)
    expect(await repairSequences(orm(), false)).to.deep.equal(['daisi.event_log'])
    expect(await repairSequences(orm(), true)).to.deep.equal(['daisi.event_log'])
    expect(await repairSequences(orm(), true)).to.deep.equal([])
  })

  it('names checkpoints at facts that the log does not have, and sets policies back', async () => {
    await write('a')
    await look(`insert into read.checkpoint (name, epoch, xid, seq) select 'contact_card', epoch, xid, seq from daisi.event_log`)
    await look(`insert into read.checkpoint (name, epoch, xid, seq) values ('agent_board', 1, '7777777', 7777777), ('chat_overview', 0, '0', 0)`)
    await look(`insert into daisi.policy_checkpoints (policy, epoch, xid, seq) values ('onboarding', 1, '7777777', 7777777)`)
    expect(await lostProjections(orm(), orm())).to.deep.equal(['agent_board'])
    expect(await lostPolicies(orm(), false)).to.deep.equal(['onboarding'])
    expect(await lostPolicies(orm(), true)).to.deep.equal(['onboarding'])
    expect(await lostPolicies(orm(), true)).to.deep.equal([])
  })

  it('tells when it was last written, and how far each company is settled', async () => {
    expect(await lastWritten(orm())).to.equal(undefined)
    const before = Date.now()
    await write('a')
    expect(await lastWritten(orm())).to.be.within(before - 1_000, Date.now() + 1_000)
    await look(`insert into daisi.acknowledged_positions (company_id, stream, sequence) values ('acme', 'S', 10), ('beta', 'S', 20)`)
    await forgetBeyond(orm(), 'S', 15)
    expect(await storedPositions(orm())).to.deep.equal([{ companyId: 'acme', stream: 'S', sequence: 10 },
      { companyId: 'beta', stream: 'S', sequence: 0 }])
  })

  it('names the processes that still write', async () => {
    expect(await writersAtWork(orm())).to.deep.equal([])
    const ingest = await openOrm({ url: opened().database.url, poolSize: 1, name: 'daisi-ingest' })
    await ingest.em.getConnection().execute('select 1')
    expect(await writersAtWork(orm())).to.deep.equal(['daisi-ingest'])
    await ingest.close()
  })
})
