import { expect } from 'chai'
import { exportJWK, generateKeyPair, SignJWT, type JWK } from 'jose'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tokenIssuer } from '../../support/a-token.ts'
import { eventually } from '../../support/eventually.ts'
import { openApi, type Answer, type Api } from './ask-api.ts'

const { issuer, audience, key } = tokenIssuer

type Keys = Awaited<ReturnType<typeof generateKeyPair>>

const tokenOf = (signer: Keys['privateKey'] | Uint8Array, alg: string, kid: string, lifetime = '5m'): Promise<string> =>
  new SignJWT({ company: 'acme', scope: 'read:chats' }).setProtectedHeader({ alg, kid }).setIssuer(issuer).setAudience(audience)
    .setIssuedAt().setExpirationTime(lifetime).sign(signer)

/** An issuer whose keys a test may change. */
interface Issuer { readonly url: string; readonly server: Server; keys: ReadonlyArray<JWK>; looks: number; isDown: boolean }

const openIssuer = async (): Promise<Issuer> => {
  const server = createServer((_, response) => {
    opened.looks += 1
    response.writeHead(opened.isDown ? 500 : 200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys: opened.keys }))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const opened: Issuer = { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`, server, keys: [], looks: 0, isDown: false }
  return opened
}

const published = async (alg: string, kid: string): Promise<readonly [Keys['privateKey'], JWK]> => {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true })
  return [privateKey, { ...await exportJWK(publicKey), kid, alg, use: 'sig' }]
}

describe('an issuer\'s public keys', () => {
  let source: Issuer
  const apiWith = (cooldownMs = 60_000, maxLifetimeSeconds = 900): Api => openApi({
    production: true, authentication: { mode: 'jwt', issuer, audience, keys: { jwksUrl: source.url, cooldownMs }, maxLifetimeSeconds },
  })
  const ask = (token: string, api = apiWith()): Promise<Answer> =>
    api.ask('{ company { companyId } }', {}, { authorization: `Bearer ${token}` })
  const refused = { status: 401, codes: ['UNAUTHENTICATED'] }
  const accepted = { status: 200, codes: [] }

  beforeEach(async () => { source = await openIssuer() })
  afterEach(() => { source.server.close() })

  for (const alg of ['RS256', 'ES256', 'EdDSA']) {
    it(`verify its tokens signed with ${alg}`, async () => {
      const [signer, jwk] = await published(alg, 'k1')
      source.keys = [jwk]
      expect(await ask(await tokenOf(signer, alg, 'k1'))).to.deep.include(accepted)
    })
  }
  it('refuse a key id that they do not hold, a stranger\'s signature, another algorithm, and a shared key\'s algorithm', async () => {
    const [signer, jwk] = await published('RS256', 'k1')
    const [stranger] = await published('RS256', 'k1')
    source.keys = [jwk]
    const tokens = [
      await tokenOf(signer, 'RS256', 'k2'), await tokenOf(stranger, 'RS256', 'k1'),
      await tokenOf(new TextEncoder().encode(key), 'HS256', 'k1'), await tokenOf(new TextEncoder().encode(String(jwk.n)), 'HS256', 'k1'),
    ]
    for (const token of tokens) expect(await ask(token)).to.deep.include(refused)
  })
  it('that cannot be had are our outage, not the token\'s fault', async () => {
    const [signer] = await published('RS256', 'k1')
    source.isDown = true
    expect(await ask(await tokenOf(signer, 'RS256', 'k1'))).to.deep.include({ status: 503, codes: ['UNAVAILABLE'] })
  })
  it('are fetched once for many requests', async () => {
    const [signer, jwk] = await published('ES256', 'k1')
    source.keys = [jwk]
    const [api, token] = [apiWith(), await tokenOf(signer, 'ES256', 'k1')]
    const answers = await Promise.all(Array.from({ length: 50 }, () => ask(token, api)))
    expect([new Set(answers.map(({ status }) => status)), source.looks]).to.deep.equal([new Set([200]), 1])
  })
  it('may rotate: a token signed with a new key is accepted, the old key as long as it is published', async () => {
    const [[old, oldJwk], [fresh, freshJwk]] = [await published('ES256', 'old'), await published('ES256', 'new')]
    source.keys = [oldJwk]
    const api = apiWith(1)
    expect(await ask(await tokenOf(old, 'ES256', 'old'), api)).to.deep.include(accepted)
    source.keys = [oldJwk, freshJwk]
    await eventually('the new key is known', async () => (await ask(await tokenOf(fresh, 'ES256', 'new'), api)).status === 200)
    expect(await ask(await tokenOf(old, 'ES256', 'old'), api)).to.deep.include(accepted)
    source.keys = [freshJwk]
    await ask(await tokenOf(old, 'ES256', 'unknown'), api)
    expect(await ask(await tokenOf(old, 'ES256', 'old'), api)).to.deep.include(refused)
  })
  it('are not looked for again and again when tokens name made-up key ids', async () => {
    const [signer, jwk] = await published('ES256', 'k1')
    source.keys = [jwk]
    const api = apiWith()
    const made = await Promise.all(Array.from({ length: 100 }, (_, i) => tokenOf(signer, 'ES256', `made-up-${i}`)))
    for (const token of made) expect((await ask(token, api)).status).to.equal(401)
    expect(await ask(await tokenOf(signer, 'ES256', 'k1'), api)).to.deep.include(accepted)
    expect(source.looks).to.equal(1)
  })
  it('stay in use while the issuer is down', async () => {
    const [signer, jwk] = await published('ES256', 'k1')
    source.keys = [jwk]
    const api = apiWith(1)
    await ask(await tokenOf(signer, 'ES256', 'k1'), api)
    source.isDown = true
    await ask(await tokenOf(signer, 'ES256', 'unknown'), api)
    expect(await ask(await tokenOf(signer, 'ES256', 'k1'), api)).to.deep.include(accepted)
  })
  it('verify no token that lives longer than allowed, however near its end is', async () => {
    const [signer, jwk] = await published('ES256', 'k1')
    source.keys = [jwk]
    const now = Math.floor(Date.now() / 1_000)
    const old = new SignJWT({ company: 'acme', scope: 'read:chats' }).setProtectedHeader({ alg: 'ES256', kid: 'k1' }).setIssuer(issuer)
      .setAudience(audience).setIssuedAt(now - 3_600).setExpirationTime(now + 60)
    expect(await ask(await tokenOf(signer, 'ES256', 'k1', '20m'))).to.deep.include(refused)
    expect(await ask(await old.sign(signer))).to.deep.include(refused)
    expect(await ask(await tokenOf(signer, 'ES256', 'k1', '15m'))).to.deep.include(accepted)
  })
})
