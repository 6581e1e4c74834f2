import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { NO_TOTALS, type CompanyTotals } from '../../application/ports/company-totals.ts'
import { ORIGIN, type Position } from '../../application/ports/event-log.ts'
import type { ReadModelStore } from '../../application/ports/read-model-store.ts'
import { keyOf, type AggregateKey } from '../../application/ports/transactions.ts'
import type { ProjectionName, ReadModels } from '../../application/projections/read-models.ts'
import type { CompanyId } from '../../domain/company.ts'
import { anAgentRow, aChatRow, aContactRow, aMessageRow, anOnboardingRow, minutes } from '../support/read-model-rows.ts'

/** What readers would see of what the port only writes. */
export interface ReadSide {
  readonly store: ReadModelStore
  readonly lastMessageOf: (chat: AggregateKey) => Promise<{ readonly messageId: string; readonly sentAt: number } | undefined>
  readonly totalsOf: (companyId: CompanyId) => Promise<CompanyTotals>
}

const acme = 'acme' as CompanyId
const other = 'other' as CompanyId
const key = (id: string, companyId = acme): AggregateKey => ({ companyId, id })
const at = (seq: number): Position => ({ epoch: 1, xid: 700 + seq, seq })

const right = async <A>(task: TaskEither<unknown, A>): Promise<A> => {
  const result = await task()
  if (E.isLeft(result)) throw new Error('expected an answer', { cause: result.left })
  return result.right
}

type Saved<N extends ProjectionName> = ReadonlyArray<readonly [AggregateKey, ReadModels[N]]>

/** Steps of one projection, each from where the one before came to; loads what a projector would have loaded. */
const projector = <N extends ProjectionName>({ store }: ReadSide, name: N) => async (...rows: Saved<N>): Promise<boolean> => {
  const { position: from } = await right(store.progress(name))
  const loaded = await right(store.load(name, rows.map(([rowKey]) => rowKey)))
  return right(store.advance(name, { from, to: { position: at(from.seq + 1), factAt: 1_750_000_000_000 },
    rows: rows.map(([rowKey, row]) => {
      const before = loaded.get(keyOf(rowKey))
      return { key: rowKey, row, ...(before === undefined ? {} : { before }) }
    }) }))
}

const keepsRows = (open: () => Promise<ReadSide>): void => {
  const keepsAs = <N extends ProjectionName>(name: N, row: ReadModels[N]): void => {
    it(`gives back a row of ${name} as it was saved, also when it was saved over another`, async () => {
      const side = await open()
      await projector(side, name)([key('1'), row])
      await projector(side, name)([key('1'), row])
      expect(await right(side.store.load(name, [key('1'), key('2')]))).to.deep.equal(new Map([[keyOf(key('1')), row]]))
    })
  }
  keepsAs('message_timeline', aMessageRow('c1', 1))
  keepsAs('chat_overview', aChatRow(2))
  keepsAs('contact_card', aContactRow())
  keepsAs('agent_board', anAgentRow())
  keepsAs('onboarding_list', anOnboardingRow(1))

  it('keeps the rows of two companies with one id apart', async () => {
    const side = await open()
    const [mine, theirs] = [aChatRow(1), aChatRow(2)]
    await projector(side, 'chat_overview')([key('c1'), mine], [key('c1', other), theirs])
    expect(await right(side.store.load('chat_overview', [key('c1', other)]))).to.deep.equal(new Map([[keyOf(key('c1', other)), theirs]]))
  })
  it('answers nothing when nothing is asked', async () => {
    const { store } = await open()
    expect(await right(store.load('agent_board', []))).to.deep.equal(new Map())
  })
}

/** Where a projection stands, whichever generation of rows it writes. */
const standing = async (store: ReadModelStore, name: ProjectionName) => {
  const { position, factAt } = await right(store.progress(name))
  return factAt === undefined ? { position } : { position, factAt }
}

const keepsCheckpoints = (open: () => Promise<ReadSide>): void => {
  it('begins at the origin and stands where the last step came to, each projection for itself', async () => {
    const { store } = await open()
    expect(await standing(store, 'agent_board')).to.deep.equal({ position: ORIGIN })
    await right(store.advance('agent_board', { from: ORIGIN, to: { position: at(1), factAt: 1_750_000_000_123 }, rows: [] }))
    expect(await standing(store, 'agent_board')).to.deep.equal({ position: at(1), factAt: 1_750_000_000_123 })
    expect(await standing(store, 'chat_overview')).to.deep.equal({ position: ORIGIN })
  })
  it('writes nothing for a projector that was overtaken', async () => {
    const side = await open()
    await projector(side, 'message_timeline')([key('m1'), aMessageRow('c1', 1)])
    const row = aMessageRow('c1', 9)
    expect(await right(side.store.advance('message_timeline', { from: ORIGIN, to: { position: at(9) }, rows: [{ key: key('m2'), row }] })))
      .to.equal(false)
    expect((await right(side.store.progress('message_timeline'))).position).to.deep.equal(at(1))
    expect(await right(side.store.load('message_timeline', [key('m2')]))).to.deep.equal(new Map())
    expect(await side.lastMessageOf(key('c1'))).to.deep.equal({ messageId: 'm1', sentAt: minutes(1) })
    expect(await side.totalsOf(acme)).to.deep.equal({ ...NO_TOTALS, messages: 1 })
  })
  it('writes nothing for a projector that has read another generation', async () => {
    const { store } = await open()
    const { generation } = await right(store.progress('agent_board'))
    const step = { from: ORIGIN, to: { position: at(1) }, rows: [] }
    expect(await right(store.advance('agent_board', { ...step, generation: 'another' }))).to.equal(false)
    expect((await right(store.progress('agent_board'))).position).to.deep.equal(ORIGIN)
    expect(await right(store.advance('agent_board', { ...step, ...(generation === undefined ? {} : { generation }) }))).to.equal(true)
  })
  it('makes no checkpoint out of nowhere', async () => {
    const { store } = await open()
    expect(await right(store.advance('agent_board', { from: at(1), to: { position: at(2) }, rows: [] }))).to.equal(false)
    expect(await standing(store, 'agent_board')).to.deep.equal({ position: ORIGIN })
  })
  it('lets one of two projectors win that come from the same place at the same time', async () => {
    const side = await open()
    const step = (id: string) => right(side.store.advance('message_timeline', {
      from: ORIGIN, to: { position: at(1) }, rows: [{ key: key(id), row: aMessageRow('c1', 1) }] }))
    const won = await Promise.all(['m1', 'm2', 'm3'].map(step))
    expect(won.filter((one) => one)).to.have.length(1)
    expect((await right(side.store.load('message_timeline', [key('m1'), key('m2'), key('m3')]))).size).to.equal(1)
    expect(await side.totalsOf(acme)).to.deep.equal({ ...NO_TOTALS, messages: 1 })
  })
}

const findsLastMessages = (open: () => Promise<ReadSide>): void => {
  it('knows the latest message of a chat by time, then by id, deleted ones included', async () => {
    const side = await open()
    await projector(side, 'message_timeline')([key('m3'), aMessageRow('c1', 1)], [key('m1'), aMessageRow('c1', 5)],
      [key('m2'), aMessageRow('c1', 5, { deleted: true })], [key('m9'), aMessageRow('c2', 7)], [key('m8', other), aMessageRow('c1', 8)])
    expect(await side.lastMessageOf(key('c1'))).to.deep.equal({ messageId: 'm2', sentAt: minutes(5) })
    expect(await side.lastMessageOf(key('c1', other))).to.deep.equal({ messageId: 'm8', sentAt: minutes(8) })
  })
  it('follows a message that turns out older, or belongs to another chat', async () => {
    const side = await open()
    const save = projector(side, 'message_timeline')
    await save([key('m1'), aMessageRow('c1', 1)], [key('m2'), aMessageRow('c1', 5)])
    await save([key('m2'), aMessageRow('c1', 0)])
    expect(await side.lastMessageOf(key('c1'))).to.deep.equal({ messageId: 'm1', sentAt: minutes(1) })
    await save([key('m1'), aMessageRow('c2', 1)], [key('m2'), aMessageRow('c2', 0)])
    expect(await side.lastMessageOf(key('c1'))).to.equal(undefined)
    expect(await side.lastMessageOf(key('c2'))).to.deep.equal({ messageId: 'm1', sentAt: minutes(1) })
  })
  it('does not mind whether a chat comes before its messages or after them', async () => {
    const side = await open()
    await projector(side, 'message_timeline')([key('m1'), aMessageRow('c1', 1)])
    expect(await right(side.store.load('chat_overview', [key('c1')]))).to.deep.equal(new Map())
    await projector(side, 'chat_overview')([key('c1'), aChatRow(3)], [key('c2'), aChatRow(0)])
    await projector(side, 'message_timeline')([key('m2'), aMessageRow('c2', 2)])
    expect(await side.lastMessageOf(key('c1'))).to.deep.equal({ messageId: 'm1', sentAt: minutes(1) })
    expect(await side.lastMessageOf(key('c2'))).to.deep.equal({ messageId: 'm2', sentAt: minutes(2) })
    expect(await right(side.store.load('chat_overview', [key('c1')]))).to.deep.equal(new Map([[keyOf(key('c1')), aChatRow(3)]]))
  })
}

const countsTotals = (open: () => Promise<ReadSide>): void => {
  it('counts each message, chat and contact once, and what is unread now', async () => {
    const side = await open()
    const saveChats = projector(side, 'chat_overview')
    await projector(side, 'message_timeline')([key('m1'), aMessageRow('c1', 1)], [key('m2'), aMessageRow('c1', 2)])
    await projector(side, 'message_timeline')([key('m1'), aMessageRow('c1', 3)])
    await saveChats([key('c1'), aChatRow(5)], [key('c2'), aChatRow(1)], [key('c1', other), aChatRow(9)])
    await saveChats([key('c1'), aChatRow(2)])
    await projector(side, 'contact_card')([key('k1'), aContactRow()])
    expect(await side.totalsOf(acme)).to.deep.equal({ messages: 2, chats: 2, contacts: 1, unread: 3 })
    expect(await side.totalsOf(other)).to.deep.equal({ ...NO_TOTALS, chats: 1, unread: 9 })
  })
}

/** What every ReadModelStore promises. Run with memory by `test:unit`, with both by `test`. */
export const describeReadModelStore = (adapter: string, open: () => Promise<ReadSide>): void => {
  describe(`ReadModelStore, ${adapter}`, () => {
    keepsRows(open)
    keepsCheckpoints(open)
    findsLastMessages(open)
    countsTotals(open)
  })
}
