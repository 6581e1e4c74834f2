import { expect } from 'chai'
import { setTimeout } from 'node:timers/promises'
import { Client } from 'pg'
import { postgresEventLog } from '../../../../adapters/outbound/postgres/event-log.ts'
import { postgresTransactions } from '../../../../adapters/outbound/postgres/transactions.ts'
import { handleBatch } from '../../../../application/commands/handle-batch.ts'
import type { Instruction } from '../../../../application/aggregates.ts'
import { ORIGIN, type EventLog, type LoggedFact } from '../../../../application/ports/event-log.ts'
import type { ReadModelStore } from '../../../../application/ports/read-model-store.ts'
import { agentBoard } from '../../../../application/projections/agent-board.ts'
import { messageTimeline } from '../../../../application/projections/message-timeline.ts'
import { projectBatch, type Projected } from '../../../../application/projections/project-batch.ts'
import type { AgentId } from '../../../../domain/agent/agent.ts'
import { answerOf, instructionOf } from '../../../application/projections/a-company-in-memory.ts'
import { aMessage, aMessageUpdate } from '../../../support/a-message.ts'
import { live } from '../../../support/an-observation.ts'
import { openReadSide, type OpenReadSide } from './open-read-side.ts'

/** A message that another one's order does not depend on. */
const anArrival = (id: string) => {
  const command = { ...aMessage(live(1)), messageId: id } as ReturnType<typeof aMessage>
  return instructionOf('message', id, command)
}
const aReceipt = (id: string, minute: number, status: string) =>
  instructionOf('message', id, { ...aMessageUpdate(live(minute), { status }), messageId: id } as ReturnType<typeof aMessageUpdate>)

const ids = (prefix: string, count: number): ReadonlyArray<string> => Array.from({ length: count }, (_, i) => `${prefix}${String(i)}`)

describe('a projector on PostgreSQL', () => {
  let side: OpenReadSide
  let log: EventLog
  before(async () => {
    side = await openReadSide()
    log = postgresEventLog(side.database.orm)
  })
  beforeEach(() => side.clear())
  after(() => side.close())

  const handle = (...batch: ReadonlyArray<Instruction>) => answerOf(handleBatch(postgresTransactions(side.database.orm))(batch))
  const project = (limit = 100, store: ReadModelStore = side.store): Promise<Projected> =>
    answerOf(projectBatch(messageTimeline, log, store, limit))
  /** Until nothing is left; a writer anywhere in the cluster, of another test say, may hold the log back for a while. */
  const projectAll = async (limit = 100): Promise<void> => {
    for (;;) {
      if ((await project(limit)).more) continue
      const { position } = await answerOf(side.store.progress('message_timeline'))
      if ((await answerOf(log.oldestAfter(position))) === undefined) return
      await setTimeout(10)
    }
  }
  const shown = async (): Promise<ReadonlyArray<string>> =>
    (await side.look<{ readonly id: string }>('select message_id as id from read.message_timeline order by message_id')).map(({ id }) => id)
  const counted = async (): Promise<number> => (await side.totalsOf(anArrival('').companyId)).messages

  /** A writer that has written a fact and has not committed yet. */
  const aSlowWriter = async (fact: LoggedFact) => {
    const client = new Client({ connectionString: side.database.url })
    await client.connect()
    await client.query('begin')
    await client.query('set local role daisi_owner')
    await client.query(`
      insert into daisi.event_log (epoch, company_id, kind, aggregate_id, aggregate_version, type, schema_version, payload,
        cause_stream, cause_sequence, cause_item)
      select epoch, company_id, kind, $1, 1, type, schema_version, jsonb_set(payload::jsonb, '{messageId}', to_jsonb($1::text))::json,
        cause_stream, cause_sequence, cause_item from daisi.event_log where aggregate_id = $2 and aggregate_version = 1`, ['slow', fact.id])
    const end = async (how: 'commit' | 'rollback'): Promise<void> => {
      await client.query(how)
      await client.end()
    }
    return { commit: () => end('commit'), rollBack: () => end('rollback') }
  }
  const firstFact = async (): Promise<LoggedFact> => {
    await handle(anArrival('first'))
    for (;;) {
      const { facts: [fact] } = await answerOf(log.read(ORIGIN, ['message'], 1))
      if (fact !== undefined) return fact
      await setTimeout(10)
    }
  }

  it('shows what the log tells, page by page, and counts each fact once', async () => {
    await handle(...ids('m', 25).map(anArrival))
    await projectAll(7)
    expect(await shown()).to.deep.equal([...ids('m', 25)].sort())
    expect(await counted()).to.equal(25)
    expect(await project()).to.deep.equal({ facts: 0, more: false, moved: true })
  })

  it('skips nothing while a transaction is held open and others commit after it', async () => {
    const fact = await firstFact()
    await projectAll()
    const slow = await aSlowWriter(fact)
    await handle(...ids('m', 5).map(anArrival))
    expect(await project()).to.deep.equal({ facts: 0, more: false, moved: true })
    expect(await shown()).to.deep.equal(['first'])
    await slow.commit()
    await projectAll()
    expect(await shown()).to.deep.equal(['first', ...ids('m', 5), 'slow'])
  })

  it('goes on past a transaction that was rolled back', async () => {
    const slow = await aSlowWriter(await firstFact())
    await handle(...ids('m', 3).map(anArrival))
    await slow.rollBack()
    await projectAll()
    expect(await shown()).to.deep.equal(['first', ...ids('m', 3)])
  })

  it('tells the facts of one aggregate in the order of its versions, though many batches write to it at once', async () => {
    const words = ['pending', 'sent', 'delivered', 'read', 'played']
    await Promise.all([anArrival('m'), ...words.map((word, i) => aReceipt('m', i + 2, word))].map((one) => handle(one)))
    await projectAll(2)
    const { facts } = await answerOf(log.read(ORIGIN, ['message'], 100))
    expect(facts.map(({ version }) => version)).to.deep.equal(facts.map((_, i) => i + 1))
    const [row] = await side.look<{ readonly status: string }>(`select status from read.message_timeline where message_id = 'm'`)
    expect(row?.status).to.equal('played')
  })

  it('applies each fact once when two projectors follow one log, also while it grows', async () => {
    const writing = (async () => {
      for (let batch = 0; batch < 8; batch += 1) await handle(...ids(`m${String(batch)}-`, 10).map(anArrival))
    })()
    let written = false
    const done = writing.finally(() => { written = true })
    const follow = async (): Promise<number> => {
      let facts = 0
      for (let more = true; more || !written;) {
        const step = await project(9)
        facts += step.facts
        more = step.more
      }
      return facts
    }
    const followed = await Promise.all([follow(), follow(), done])
    await projectAll()
    const [row] = await side.look<{ readonly count: number }>('select count(*)::int as count from daisi.event_log')
    expect(followed[0] + followed[1]).to.be.within(1, row?.count ?? 0)
    expect(await counted()).to.equal(80)
    expect(await shown()).to.have.length(80)
  })

  it('does a step again that was killed between loading and saving, and so loses and doubles nothing', async () => {
    await handle(...ids('m', 4).map(anArrival))
    const killed: ReadModelStore = { ...side.store, advance: () => () => Promise.reject(new Error('killed')) }
    while (await project(3, killed).then(() => true, () => false)) await setTimeout(10)
    expect(await shown()).to.deep.equal([])
    await projectAll(3)
    expect(await shown()).to.deep.equal(ids('m', 4))
    expect(await counted()).to.equal(4)
  })

  it('writes no page when it is killed inside the step that saves it', async () => {
    await handle(anArrival('m'))
    await side.look(`alter table read.company_totals add constraint full_up check (messages < 0)`)
    while (await project().then(() => true, () => false)) await setTimeout(10)
    await side.look(`alter table read.company_totals drop constraint full_up`)
    expect(await shown()).to.deep.equal([])
    await projectAll()
    expect(await shown()).to.deep.equal(['m'])
  })

  it('keeps a pairing code out of the read side', async () => {
    const agentId = 'a1' as AgentId
    const fields = { qrCode: 'SECRET-CODE', status: 'connecting' }
    await handle(instructionOf('agent', agentId, { type: 'RecordAgent', agentId, seen: live(1), fields }))
    while ((await answerOf(projectBatch(agentBoard, log, side.store, 10))).facts === 0) await setTimeout(10)
    const rows = await side.look<{ readonly row: string }>('select to_jsonb(a)::text as row from read.agent_board a')
    expect(rows).to.have.length(1)
    expect(rows[0]?.row).to.include('connecting').and.not.to.include('SECRET')
  })
})
