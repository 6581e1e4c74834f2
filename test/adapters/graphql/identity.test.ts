import { expect } from 'chai'
import { generateKeyPairSync } from 'node:crypto'
import { SignJWT, UnsecuredJWT } from 'jose'
import type { CompanyId } from '../../../domain/company.ts'
import { aToken, tokenIssuer } from '../../support/a-token.ts'
import { openApi, type Answer } from './ask-api.ts'

const { key, issuer, audience } = tokenIssuer
const COMPANY = '{ company { companyId } }'
const secret = new TextEncoder().encode(key)

const signed = (claims: object, header: object = {}): Promise<string> =>
  new SignJWT({ company: 'acme', scope: 'read:chats', ...claims }).setProtectedHeader({ alg: 'HS256', ...header }).setIssuer(issuer)
    .setAudience(audience).sign(secret)

const inAnHour = (): number => Math.floor(Date.now() / 1_000) + 3_600

const rsaToken = (): Promise<string> => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 })
  return new SignJWT({ company: 'acme', scope: 'read:chats', exp: inAnHour() }).setProtectedHeader({ alg: 'RS256', kid: 'unknown' })
    .setIssuer(issuer).setAudience(audience).sign(privateKey)
}

const refusedHeaders: Readonly<Record<string, () => Promise<string>>> = {
  'nothing': () => Promise.resolve(''),
  'no scheme': () => aToken(),
  'another scheme': async () => `Basic ${await aToken()}`,
  'two tokens': async () => `Bearer ${await aToken()}, Bearer ${await aToken()}`,
  'no token': () => Promise.resolve('Bearer abc'),
  'a token of 8 kB': async () => `Bearer ${await signed({ exp: inAnHour(), padding: 'x'.repeat(8_200) })}`,
  'an expired token': async () => `Bearer ${await aToken({ expiresInSeconds: -120 })}`,
  'a token that is not valid yet': async () => `Bearer ${await signed({ exp: inAnHour(), nbf: inAnHour() })}`,
  'a token without an end': async () => `Bearer ${await signed({})}`,
  'another issuer': async () => `Bearer ${await aToken({ issuer: 'somebody' })}`,
  'another audience': async () => `Bearer ${await aToken({ audience: 'something' })}`,
  'another key': async () => `Bearer ${await aToken({ key: 'another key for tests, also of 32 bytes and more' })}`,
  'a stronger algorithm than agreed': async () => `Bearer ${await signed({ exp: inAnHour() }, { alg: 'HS512' })}`,
  'a public key\'s algorithm': async () => `Bearer ${await rsaToken()}`,
  'no signature': () => Promise.resolve(`Bearer ${new UnsecuredJWT({ company: 'acme', scope: 'read:chats' }).setIssuer(issuer)
    .setAudience(audience).setExpirationTime('1h').encode()}`),
  'no company': async () => `Bearer ${await signed({ exp: inAnHour(), company: undefined })}`,
  'a company that cannot be one': async () => `Bearer ${await aToken({ company: 'a.b' as CompanyId })}`,
  'many companies': async () => `Bearer ${await signed({ exp: inAnHour(), company: ['acme', 'other'] })}`,
}

describe('identity of a query', () => {
  for (const [title, header] of Object.entries(refusedHeaders)) {
    it(`answers ${title} with 401 and one sentence`, async () => {
      const answer = await openApi().ask(COMPANY, {}, { authorization: await header() })
      expect(answer).to.deep.include({ status: 401, codes: ['UNAUTHENTICATED'], messages: ['A valid token is required.'] })
    })
  }
  it('takes no token from the address', async () => {
    const answer = await openApi().send({}, `query=${encodeURIComponent(COMPANY)}&token=${await aToken()}&access_token=${await aToken()}`)
    expect(answer.status).to.equal(401)
  })
  it('answers in the name of the token\'s company', async () => {
    const token = await aToken({ company: 'Other-1' as CompanyId })
    const { data } = await openApi().ask(COMPANY, {}, { authorization: `Bearer ${token}` })
    expect(data).to.deep.equal({ company: { companyId: 'Other-1' } })
  })
  it('refuses a token that comes with another company\'s x-company-id', async () => {
    const authorization = `Bearer ${await aToken()}`
    const ask = (company: string): Promise<Answer> => openApi().ask(COMPANY, {}, { authorization, 'x-company-id': company })
    expect(await ask('other')).to.deep.include({ status: 403, codes: ['FORBIDDEN'] })
    expect(await ask('acme')).to.deep.include({ status: 200, codes: [] })
  })
  it('trusts x-company-id in header mode, and only a valid one', async () => {
    const api = openApi({ authentication: { mode: 'header' } })
    expect((await api.ask(COMPANY, {}, { 'x-company-id': 'other' })).data).to.deep.equal({ company: { companyId: 'other' } })
    expect((await api.ask(COMPANY, {}, { 'x-company-id': 'a.b' })).status).to.equal(401)
    expect((await api.ask(COMPANY, {}, {})).status).to.equal(401)
  })
  it('never runs in header mode in production', () => {
    expect(() => openApi({ authentication: { mode: 'header' }, production: true })).to.throw('development only')
  })
})
