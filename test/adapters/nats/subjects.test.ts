import { expect } from 'chai'
import * as E from 'fp-ts/lib/Either.js'
import { eventNames, eventsOf, parseSubject } from '../../../adapters/inbound/nats/subjects.ts'
import { HISTORY, REALTIME } from '../../../domain/clock.ts'

const reasonOf = (subject: string): string | undefined => {
  const parsed = parseSubject(subject)
  return E.isLeft(parsed) ? parsed.left.reason : undefined
}

describe('a subject', () => {
  for (const event of eventNames)
    it(`tells ${event} and the company`, () =>
      expect(parseSubject(`${event}.ACME-01`)).to.deep.equal(E.right({ event, companyId: 'ACME-01' })))

  it('is one of seven in the realtime and three in the history stream', () => {
    expect(eventsOf(REALTIME)).to.have.length(7)
    expect(eventsOf(HISTORY)).to.have.length(3)
  })
  for (const company of ['', '*', '>', 'ACME.01', 'a b', '\'; DROP SCHEMA x; --', 'a"b', '%00', 'ü', 'x'.repeat(49), '..'])
    it(`with the company ${JSON.stringify(company)} is refused`, () =>
      expect(reasonOf(`v1.messages.upsert.${company}`)).to.equal('invalid_company'))
  for (const company of ['public', 'postgres', 'null', '__proto__', 'constructor', 'x'.repeat(48)])
    it(`may name the company ${company}`, () => expect(reasonOf(`v1.messages.upsert.${company}`)).to.equal(undefined))
  for (const subject of [
    '', 'v1', 'v1.messages.upsert', 'v2.messages.upsert.acme', 'V1.messages.upsert.acme', 'v1.messages.delete.acme', 'v1.dlq.acme'])
    it(`${JSON.stringify(subject)} is not ours`, () => expect(reasonOf(subject)).to.equal('unknown_subject'))
})
