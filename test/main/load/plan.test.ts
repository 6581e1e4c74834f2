import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { decodeDelivery } from '../../../adapters/inbound/nats/decode-event.ts'
import { eventNames } from '../../../adapters/inbound/nats/subjects.ts'
import type { LoadOptions } from '../../../adapters/main/load/load-options.ts'
import { companyIdsOf, planOf, totalOf, type Planned, type PlannedKind } from '../../../adapters/main/load/plan.ts'
import { aDelivery } from '../../support/a-delivery.ts'
import { translating } from '../../support/translating.ts'

const RUN = { name: 'run1', nowSeconds: 1_750_000_000 }
const OPTIONS: LoadOptions = { subjects: ['v1.messages.upsert'], perSecond: 200, seconds: 10, concurrency: 1, companies: 7,
  companyPrefix: 'load', historySize: 4, duplicates: 0, disorder: 0, poison: 0, seed: 7, waitSeconds: 0 }

const planned = (more: Partial<LoadOptions> = {}): ReadonlyArray<Planned> => [...planOf({ ...OPTIONS, ...more }, RUN)]
const share = (plan: ReadonlyArray<Planned>, kind: PlannedKind): number =>
  (100 * plan.filter((one) => one.kind === kind).length) / plan.length
const idOf = ({ body }: Planned): number => Number((JSON.parse(body) as { message_id: string }).message_id.split('-')[1])
const decoded = ({ event, companyId, body }: Planned) =>
  decodeDelivery(aDelivery(`${event}.${companyId}`, body), { ...translating, historyMode: 'accept_valid' })

describe('the plan of a load', () => {
  it('spreads the events evenly over its time and over the companies, each message of its own', () => {
    const plan = planned()
    expect(plan).to.have.length(2_000).and.to.have.length(totalOf(OPTIONS))
    plan.forEach(({ atMs }, n) => { expect(atMs).to.equal(n * 5) })
    const each = companyIdsOf(OPTIONS).map((id) => plan.filter(({ companyId }) => companyId === id).length)
    expect(each).to.have.length(7)
    expect(Math.max(...each) - Math.min(...each)).to.be.at.most(1)
    expect(new Set(plan.map(idOf)).size).to.equal(2_000)
  })
  it('is the same for the same seed and run, and another for another', () => {
    const more = { subjects: eventNames, duplicates: 10, disorder: 10, poison: 5 }
    expect(planned(more)).to.deep.equal(planned(more))
    expect(planned(more)).not.to.deep.equal(planned({ ...more, seed: 8 }))
    expect([...planOf(OPTIONS, { ...RUN, name: 'run2' })].map(({ body }) => body)).not.to.include(planned()[0]?.body)
  })
  it('makes events of every kind that are applied, and poison that is not', () => {
    const plan = planned({ subjects: eventNames, poison: 20, duplicates: 10, disorder: 30 })
    expect(new Set(plan.map(({ event }) => event)).size).to.equal(eventNames.length)
    for (const one of plan) {
      const read = decoded(one)
      expect(E.isLeft(read), `${one.event} ${one.body.slice(0, 80)}`).to.equal(one.kind === 'poison')
      if (E.isRight(read)) expect(read.right.invalidItems).to.deep.equal([])
      if (E.isRight(read)) expect(read.right.instructions).not.to.deep.equal([])
    }
  })
  it('has as many duplicates and as much poison as it is told, a tenth of a percent too', () => {
    const plan = planned({ perSecond: 2_000, duplicates: 12.5, poison: 0.5 })
    expect(share(plan, 'duplicate')).to.be.within(11, 14)
    expect(share(plan, 'poison')).to.be.within(0.3, 0.7)
    expect(share(planned(), 'fresh')).to.equal(100)
    expect(share(planned({ poison: 100 }), 'poison')).to.equal(100)
  })
  it('repeats what it said before, to the letter', () => {
    const told = new Set<string>()
    for (const { kind, event, companyId, body } of planned({ duplicates: 30 })) {
      if (kind === 'duplicate') expect(told.has(`${event} ${companyId} ${body}`)).to.equal(true)
      told.add(`${event} ${companyId} ${body}`)
    }
  })
  it('lets some come late, by at most twenty turns, and loses none', () => {
    const ids = planned({ disorder: 25 }).map(idOf)
    expect([...ids].sort((a, b) => a - b)).to.deep.equal(Array.from({ length: 2_000 }, (_, n) => n))
    const late = ids.filter((id, i) => ids.slice(0, i).some((before) => before > id))
    expect(late.length).to.be.within(400, 600)
    const delays = ids.map((id, i) => ids.slice(0, i).filter((before) => before > id).length)
    expect(Math.max(...delays)).to.be.within(5, 20)
    const times = planned({ disorder: 25 }).map(({ atMs }) => atMs)
    expect(times).to.deep.equal([...times].sort((a, b) => a - b))
    expect(times.at(-1)).to.equal(9_995)
  })
  it('fills histories with as many items as it is told', () => {
    for (const { event, body } of planned({ subjects: ['v1.history.chats', 'v1.history.contacts', 'v1.history.messages'], seconds: 1 }))
      expect(Object.values(JSON.parse(body) as Record<string, unknown[]>)[0], event).to.have.length(4)
  })
})
