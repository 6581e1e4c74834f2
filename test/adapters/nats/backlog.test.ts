import { expect } from 'chai'
import { heldState } from '../../../adapters/inbound/nats/backlog.ts'
import { QUANTUM } from '../../../adapters/inbound/nats/fair-queue.ts'
import { tracked } from '../../../adapters/inbound/nats/tracked-event.ts'
import type { CompanyId } from '../../../domain/company.ts'
import { aDelivery, settling } from '../../support/a-delivery.ts'

const held = (company: string, publishedAtMs: number, kind = 'v1.messages.upsert') =>
  tracked(settling(aDelivery(`${kind}.${company}`, {}, { publishedAtMs })), kind, company as CompanyId, 0)

describe('what is held, in numbers', () => {
  it('is nothing at first', () => {
    const nothing = { companies: 0, oldest: undefined }
    expect(heldState([])).to.deep.equal({ events: { realtime: 0, history: 0 }, oldest: { realtime: undefined, history: undefined },
      crowds: { crowded: nothing, quiet: nothing } })
  })

  it('tells classes apart, and who has more than a turn takes from who has not', () => {
    const flood = Array.from({ length: QUANTUM + 1 }, (_, i) => held('flood', 500 + i))
    const { events, oldest, crowds } = heldState([...flood, held('still', 900), held('other', 700), held('still', 300, 'v1.history.chats')])
    expect(events).to.deep.equal({ realtime: QUANTUM + 3, history: 1 })
    expect(oldest).to.deep.equal({ realtime: 500, history: 300 })
    expect(crowds).to.deep.equal({ crowded: { companies: 1, oldest: 500 }, quiet: { companies: 2, oldest: 300 } })
  })
})
