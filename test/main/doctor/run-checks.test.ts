import { expect } from 'chai'
import { ok, type Area, type Check } from '../../../adapters/main/doctor/check.ts'
import { noAddress } from '../../../adapters/main/doctor/fault.ts'
import { runChecks } from '../../../adapters/main/doctor/run-checks.ts'

const failing = (cause: unknown, area: Area = 'postgresql'): Check => ({ area, name: 'x', look: () => Promise.reject(cause) })
const withCode = (code: string): Error => Object.assign(new Error('SECRET in a message'), { code })

const ROWS: ReadonlyArray<readonly [about: string, check: Check, state: string, words: RegExp]> = [
  ['is silent', { area: 'nats', name: 'x', look: () => new Promise(() => undefined) }, 'bad', /^NATS does not answer$/],
  ['refuses connections', failing(withCode('ECONNREFUSED')), 'bad', /PostgreSQL does not answer \(ECONNREFUSED\)/],
  ['refuses them to the client beneath', failing(new Error('fetch failed', { cause: withCode('ECONNRESET') }), 'service'), 'bad', /ECONNRESET/],
  ['throws at once', { area: 'nats', name: 'x', look: () => { throw withCode('EHOSTUNREACH') } }, 'bad', /EHOSTUNREACH/],
  ['refuses the password', failing(withCode('28P01')), 'bad', /refuses the login/],
  ['shows this login nothing', failing(withCode('42501')), 'warn', /may not look/],
  ['has no schema', failing(withCode('42P01')), 'bad', /table is missing/],
  ['has no address', failing(noAddress(), 'nats'), 'bad', /no address is set/],
  ['throws something else', failing('what'), 'bad', /does not answer/],
]

describe('a check whose dependency', () => {
  for (const [about, check, state, words] of ROWS) it(`${about} is a finding, without message or stack, and spoils no other`, async () => {
    const [broken, other] = await runChecks([check, { area: 'service', name: 'y', look: async () => ok('well') }], 30)
    expect(broken).to.include({ area: check.area, name: 'x', state })
    expect(broken?.says).to.match(words)
    expect(broken?.todo).to.be.a('string')
    expect(JSON.stringify(broken)).not.to.match(/SECRET|\bat /)
    expect(other).to.deep.equal({ area: 'service', name: 'y', state: 'ok', says: 'well' })
  })
})
