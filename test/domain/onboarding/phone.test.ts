import { expect } from 'chai'
import fc from 'fast-check'
import { cleanPhone, isGroupNumber, onboardingIdOf } from '../../../domain/onboarding/phone.ts'

describe('phone cleaning', () => {
  const cases: ReadonlyArray<readonly [string, string | undefined]> = [
    ['6281299001144', '6281299001144'], ['+62 (812) 9900 1144', '6281299001144'], ['6281299001144@s.whatsapp.net', '6281299001144'],
    ['120363041234567890@g.us', '120363041234567890'], ['62-812', '62-812'], ['+1 (2)@a\nb@c', '12'],
    ['', undefined], [' +() ', undefined], ['@s.whatsapp.net', undefined],
  ]
  for (const [raw, clean] of cases)
    it(`makes ${JSON.stringify(raw)} ${JSON.stringify(clean) ?? 'nobody'}`, () => expect(cleanPhone(raw)).to.equal(clean))
  it('cleans nothing from a clean number', () => {
    fc.assert(fc.property(fc.string(), (raw) => {
      const clean = cleanPhone(raw)
      return clean === undefined || cleanPhone(clean) === clean
    }))
  })
})

describe('a number taken for a group', () => {
  const cases: ReadonlyArray<readonly [string, boolean]> = [
    ['6281299001144', false], ['12345678901234567', false], ['123456789012345678', true], ['1-2 3-4 5-678901234567', false],
    ['120363041234567890', true], ['6281299001144-1420070400', true],
  ]
  for (const [raw, isGroup] of cases) it(`${raw}: ${isGroup ? 'yes' : 'no'}`, () => expect(isGroupNumber(raw)).to.equal(isGroup))
})

describe('onboarding id', () => {
  it('reads <agent>/<phone>', () => expect(onboardingIdOf('agent-jkt-3', '62812')).to.equal('agent-jkt-3/62812'))
  it('is different for different agents or phones, whatever their letters', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', '/', '%', '2', 'F', '5'), maxLength: 4 })
    fc.assert(fc.property(letters, letters, letters, letters, (agent, phone, otherAgent, otherPhone) =>
      (onboardingIdOf(agent, phone) === onboardingIdOf(otherAgent, otherPhone)) === (agent === otherAgent && phone === otherPhone),
    ), { numRuns: 2_000 })
  })
})
