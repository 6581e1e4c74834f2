import { expect } from 'chai'
import { durableOf, filterOf, placesOf, subjectsOf } from '../../../adapters/inbound/nats/company-durable.ts'
import { tellSubjects } from '../../../adapters/inbound/nats/discovery.ts'
import { HISTORY_STREAM, REALTIME_STREAM } from '../../../adapters/inbound/nats/streams.ts'
import { HISTORY, REALTIME } from '../../../domain/clock.ts'
import type { CompanyId } from '../../../domain/company.ts'

const ACME = 'acme' as CompanyId

describe('the durables of a company', () => {
  it('are named as ever for the subjects of the first version, and remembered by the stream alone', () => {
    expect(durableOf(ACME, REALTIME)).to.include({ name: 'daisi_ingest_acme', place: REALTIME_STREAM, version: 1 })
    expect(durableOf(ACME, HISTORY)).to.include({ name: 'daisi_history_acme', place: HISTORY_STREAM })
    expect(placesOf(REALTIME_STREAM)).to.deep.equal([REALTIME_STREAM])
  })
  it('have names and places of their own for later subjects, which no other company can have', () => {
    expect(durableOf(ACME, REALTIME, 2)).to.include({ name: 'daisi_ingest2_acme', stream: REALTIME_STREAM, place: `${REALTIME_STREAM}#2` })
    const names = ['acme', '2_acme', '2', '_acme', '2acme'].flatMap((company) => [1, 2, 22].flatMap((version) =>
      ([REALTIME, HISTORY] as const).map((rank) => durableOf(company as CompanyId, rank, version).name)))
    expect(new Set(names).size).to.equal(names.length)
  })
  it('read the subjects of their version only', () => {
    expect(subjectsOf(durableOf(ACME, HISTORY))).to.deep.equal(
      ['v1.history.chats.acme', 'v1.history.messages.acme', 'v1.history.contacts.acme'])
    expect(subjectsOf(durableOf(ACME, HISTORY, 2))).to.deep.equal([])
    expect([1, 2].map((version) => filterOf(durableOf(ACME, HISTORY, version)))).to.deep.equal(['v1.*.*.acme', 'v2.*.*.acme'])
  })
  it('are told by the subjects that are published, each once', () => {
    const told = tellSubjects(REALTIME, ['v1.chats.upsert.acme', 'v1.messages.upsert.acme', 'v1.chats.update.b', 'v1.messages.react.c',
      'v1.chats.upsert.c.d', 'v2.chats.upsert.acme', 'v1.dlq.acme', 'V1.chats.upsert.acme'])
    expect(told.companies).to.deep.equal(['acme', 'b', 'c'].map((companyId) => ({ companyId, rank: REALTIME, version: 1 })))
    expect(told.invalid).to.deep.equal(['v1.chats.upsert.c.d'])
    expect(told.unknown).to.deep.equal(['v2.chats.upsert.acme', 'v1.dlq.acme', 'V1.chats.upsert.acme'])
  })
})
