import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { deciders, type AggregateKind, type Aggregates } from '../../application/aggregates.ts'
import type { EventLog, LoggedFact } from '../../application/ports/event-log.ts'
import type { AggregateKey, BatchScope, Changes, Loaded, Transactions, Tx, Wanted } from '../../application/ports/transactions.ts'
import type { JsonText } from '../../domain/brand.ts'
import type { CompanyId } from '../../domain/company.ts'
import { aChange, loadedOf } from '../support/a-change.ts'
import { aCompanyId } from '../support/a-company-id.ts'
import { aMessage, aMessageUpdate } from '../support/a-message.ts'
import { live } from '../support/an-observation.ts'
import { everyKind } from '../support/every-kind.ts'
import { factsOf } from '../support/facts-of.ts'
import { stateAfter } from '../support/given.ts'
import { rightOf } from '../support/right-of.ts'

export interface TransactionsSubject { readonly transactions: Transactions; readonly log: EventLog }

const LOCK = 7
const scope = (...companies: ReadonlyArray<CompanyId>): BatchScope => ({ companies, locks: [LOCK] })

/** What every Transactions adapter promises; run with memory by `test:unit`, with both by `test`. */
export const describeTransactions = (adapter: string, open: () => TransactionsSubject): void => {
  describe(`Transactions, ${adapter}`, () => {
    const inTx = <A>(batch: BatchScope, work: (tx: Tx) => TE.TaskEither<unknown, A>): Promise<A> =>
      rightOf(open().transactions.transact(batch, work))
    const save = (companyId: CompanyId, changes: Changes): Promise<void> => inTx(scope(companyId), ({ save: store }) => store(changes))
    const load = (companyId: CompanyId, wanted: Wanted): Promise<Loaded> => inTx(scope(companyId), (tx) => tx.load(wanted))
    const stored = async <K extends AggregateKind>(kind: K, key: AggregateKey) =>
      loadedOf(await load(key.companyId, { [kind]: [key] }), kind, key)

    it('knows nothing of an aggregate never saved', async () => {
      expect(await stored('message', { companyId: aCompanyId(), id: 'm1' })).to.equal(undefined)
    })

    for (const { title, kind, commands } of everyKind) {
      it(`gives back ${title} as it was saved, with its version`, async () => {
        const key = { companyId: aCompanyId(), id: 'x1' }
        const change = aChange(kind, key, commands)
        await save(key.companyId, { [kind]: [change] })
        expect(await stored(kind, key)).to.deep.equal({ state: change.state, version: change.facts.length })
      })
      it(`logs the facts of ${title} as they were decided, in order`, async () => {
        const key = { companyId: aCompanyId(), id: 'x1' }
        const change = aChange(kind, key, commands)
        await save(key.companyId, { [kind]: [change] })
        const facts = await factsOf(open().log, key.companyId, change.facts.length)
        expect(facts.map(({ event, version }) => [version, event]))
          .to.deep.equal(change.facts.map(({ event }, i) => [i + 1, event]))
      })
    }

    it('saves and loads all kinds at once', async () => {
      const companyId = aCompanyId()
      const changes = everyKind.map(({ kind, commands }, i) => ({ kind, change: aChange(kind, { companyId, id: `x${String(i)}` }, commands) }))
      await save(companyId, Object.groupBy(changes.map(({ kind, change }) => ({ ...change, kind })), ({ kind }) => kind) as Changes)
      const loaded = await load(companyId,
        Object.groupBy(changes.map(({ kind, change }) => ({ companyId, id: change.id, kind })), ({ kind }) => kind) as Wanted)
      for (const { kind, change } of changes)
        expect(loadedOf(loaded, kind, change)?.state as unknown).to.deep.equal(change.state as unknown)
    })

    it('keeps an update that came first until its aggregate comes', async () => {
      const key = { companyId: aCompanyId(), id: 'm1' }
      const early = aChange('message', key, [aMessageUpdate(live(2), { status: 'read' })])
      await save(key.companyId, { message: [early] })
      const waiting = await stored('message', key)
      expect(waiting).to.deep.equal({ state: early.state, version: 1 })
      await save(key.companyId, { message: [aChange('message', key, [aMessage(live(1))], waiting)] })
      const found = await stored('message', key)
      expect(found?.state).to.deep.equal(stateAfter(deciders.message, [aMessageUpdate(live(2), { status: 'read' }), aMessage(live(1))]))
    })

    it('saves none of a batch when its work fails', async () => {
      const key = { companyId: aCompanyId(), id: 'm1' }
      const failed = await open().transactions.transact(scope(key.companyId), (tx) => pipe(
        tx.save({ message: [aChange('message', key, [aMessage(live(1))])] }),
        TE.chainW(() => TE.left({ type: 'Cut' as const })),
      ))()
      expect(failed).to.deep.equal(E.left({ type: 'Cut' }))
      expect(await stored('message', key)).to.equal(undefined)
    })

    it('saves none of a batch when its work throws, and rejects', async () => {
      const key = { companyId: aCompanyId(), id: 'm1' }
      const thrown = await open().transactions.transact(scope(key.companyId), (tx) => pipe(
        tx.save({ message: [aChange('message', key, [aMessage(live(1))])] }),
        TE.map(() => { throw new RangeError('a bug of ours') }),
      ))().catch((bug: unknown) => bug)
      expect(thrown).to.be.instanceOf(RangeError).with.property('message', 'a bug of ours')
      expect(await stored('message', key)).to.equal(undefined)
    })

    it('sees inside a transaction what it has saved itself', async () => {
      const key = { companyId: aCompanyId(), id: 'm1' }
      const loaded = await inTx(scope(key.companyId), (tx) => pipe(
        tx.save({ message: [aChange('message', key, [aMessage(live(1))])] }), TE.chain(() => tx.load({ message: [key] }))))
      expect(loadedOf(loaded, 'message', key)?.version).to.be.greaterThan(0)
    })

    it('tells companies apart that use the same ids', async () => {
      const [one, other] = [{ companyId: aCompanyId(), id: 'm1' }, { companyId: aCompanyId(), id: 'm1' }]
      await inTx(scope(one.companyId, other.companyId), (tx) => tx.save({ message: [
        aChange('message', one, [aMessage(live(1), { text: 'one' })]),
        aChange('message', other, [aMessage(live(1), { text: 'other' })])] }))
      const [first, second] = [await stored('message', one), await stored('message', other)]
      expect([first, second].map((found) => (found?.state.kind === 'recorded' ? found.state.heard.fields.text?.value : undefined)))
        .to.deep.equal(['one', 'other'])
    })

    it('cannot read a company outside its scope', async () => {
      const key = { companyId: aCompanyId(), id: 'm1' }
      await save(key.companyId, { message: [aChange('message', key, [aMessage(live(1))])] })
      const loaded = await inTx(scope(aCompanyId()), (tx) => tx.load({ message: [key] }))
      expect(loadedOf(loaded, 'message', key)).to.equal(undefined)
    })

    it('cannot write a company outside its scope', async () => {
      const key = { companyId: aCompanyId(), id: 'm1' }
      const bug = await open().transactions.transact(scope(aCompanyId()), (tx) =>
        tx.save({ message: [aChange('message', key, [aMessage(live(1))])] }))().then(() => 'stored', () => 'refused')
      expect(bug).to.equal('refused')
      expect(await stored('message', key)).to.equal(undefined)
    })

    it('takes a version written meanwhile for a bug', async () => {
      const key = { companyId: aCompanyId(), id: 'm1' }
      const change = aChange('message', key, [aMessage(live(1))])
      await save(key.companyId, { message: [change] })
      const again = await open().transactions.transact(scope(key.companyId), (tx) => tx.save({ message: [change] }))()
        .then(() => 'stored', () => 'refused')
      expect(again).to.equal('refused')
    })

    it('lets writers of one aggregate work one after the other, their facts in the order of versions', async () => {
      const key = { companyId: aCompanyId(), id: 'm1' }
      const commands = [aMessage(live(1)), ...[2, 3, 4, 5, 6, 7].map((minute) => aMessage(live(minute), { text: `text ${String(minute)}` }))]
      await Promise.all(commands.map((command) => inTx(scope(key.companyId), (tx) => pipe(
        tx.load({ message: [key] }),
        TE.chain((loaded) => {
          const change = aChange('message', key, [command], loadedOf(loaded, 'message', key))
          return change.facts.length === 0 ? TE.right(undefined) : tx.save({ message: [change] })
        })))))
      const found = await stored('message', key)
      const facts: ReadonlyArray<LoggedFact> = await factsOf(open().log, key.companyId, found?.version ?? 0)
      expect(facts.map(({ version }) => version)).to.deep.equal(facts.map((_, i) => i + 1))
      const replayed = facts.reduce((state, { event }) => deciders.message.evolve(state, event as Aggregates['message']['event']),
        deciders.message.initial)
      expect(found?.state).to.deep.equal(replayed)
    })

    it('keeps every digit of numbers inside JSON', async () => {
      const key = { companyId: aCompanyId(), id: 'm1' }
      const content = '{"id": 123456789012345678901234567890, "price": 0.10000000000000000001}' as JsonText
      await save(key.companyId, { message: [aChange('message', key, [aMessage(live(1), { content })])] })
      const found = await stored('message', key)
      expect(found?.state.kind === 'recorded' && found.state.heard.fields.content?.value)
        .to.contain('123456789012345678901234567890').and.to.contain('0.10000000000000000001')
    })
  })
}
