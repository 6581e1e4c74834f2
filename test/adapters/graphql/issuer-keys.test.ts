import { expect } from 'chai'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tokenIssuer } from '../../support/a-token.ts'
import { openApi, type Answer } from './ask-api.ts'

const { issuer, audience, key } = tokenIssuer

type Keys = Awaited<ReturnType<typeof generateKeyPair>>

const tokenOf = (signer: Keys['privateKey'] | Uint8Array, alg: string, kid: string): Promise<string> =>
  new SignJWT({ company: 'acme', scope: 'read:chats' }).setProtectedHeader({ alg, kid }).setIssuer(issuer).setAudience(audience)
    .setExpirationTime('5m').sign(signer)

describe('an issuer\'s public keys', () => {
  let server: Server
  let keys: Keys
  const ask = async (token: string, port = (server.address() as AddressInfo).port): Promise<Answer> => openApi({
    production: true, authentication: { mode: 'jwt', issuer, audience, keys: { jwksUrl: `http://127.0.0.1:${port}/jwks` } },
  }).ask('{ company { companyId } }', {}, { authorization: `Bearer ${token}` })

  before(async () => {
    keys = await generateKeyPair('RS256', { extractable: true })
    const jwks = JSON.stringify({ keys: [{ ...await exportJWK(keys.publicKey), kid: 'k1', alg: 'RS256', use: 'sig' }] })
    server = createServer((_, response) => { response.setHeader('content-type', 'application/json').end(jwks) }).listen(0, '127.0.0.1')
    await once(server, 'listening')
  })
  after(() => { server.close() })

  it('verify its tokens', async () => {
    expect(await ask(await tokenOf(keys.privateKey, 'RS256', 'k1'))).to.deep.include({ status: 200, codes: [] })
  })
  it('refuse a key id that they do not hold, a stranger\'s signature, and a shared key\'s algorithm', async () => {
    const stranger = await generateKeyPair('RS256')
    const tokens = [
      await tokenOf(keys.privateKey, 'RS256', 'k2'), await tokenOf(stranger.privateKey, 'RS256', 'k1'),
      await tokenOf(new TextEncoder().encode(key), 'HS256', 'k1'),
    ]
    for (const token of tokens) expect(await ask(token)).to.deep.include({ status: 401, codes: ['UNAUTHENTICATED'] })
  })
  it('that cannot be had are our outage, not the token\'s fault', async () => {
    const free = createServer().listen(0, '127.0.0.1')
    await once(free, 'listening')
    const { port } = free.address() as AddressInfo
    free.close()
    await once(free, 'close')
    expect(await ask(await tokenOf(keys.privateKey, 'RS256', 'k1'), port)).to.deep.include({ status: 503, codes: ['UNAVAILABLE'] })
  })
})
