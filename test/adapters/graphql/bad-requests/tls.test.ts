import { expect } from 'chai'
import { request } from 'node:https'
import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import type { SecureVersion } from 'node:tls'
import { aCertificate, type Certified } from '../../../../ops/docker/setup/certificate.ts'
import { openApiServer, type ApiServer } from '../open-api-server.ts'

const authority = aCertificate({ name: 'authority' })
const own = aCertificate({ name: 'api.example', signer: authority })
const client = aCertificate({ name: 'client', signer: authority })
const expired = aCertificate({ name: 'client', signer: authority, validFrom: new Date('2020-01-01'), validTo: new Date('2021-01-01') })
const stranger = aCertificate({ name: 'client' })

interface Shown { readonly servername?: string; readonly with?: Certified; readonly newest?: SecureVersion }

describe('TLS of the API', () => {
  let server: ApiServer
  before(async () => {
    server = await openApiServer({ http: { tls: { certificate: own.certificate, key: own.key, clientCa: authority.certificate } } })
  })
  after(() => server.close())

  /** The status of a request, or what ended the handshake. */
  const outcome = async ({ servername = 'api.example', with: shown = client, newest = 'TLSv1.3' }: Shown): Promise<number | string> => {
    const sent = request({ port: server.port, host: '127.0.0.1', path: '/graphql', agent: false, servername, ca: authority.certificate,
      cert: shown.certificate, key: shown.key, minVersion: 'TLSv1', maxVersion: newest, ciphers: 'DEFAULT@SECLEVEL=0',
      checkServerIdentity: () => undefined })
    sent.end()
    try {
      const [response] = await once(sent, 'response') as [IncomingMessage]
      response.resume()
      return response.statusCode ?? 0
    } catch (cause) {
      return String(Reflect.get(cause as object, 'code'))
    }
  }

  it('H17: serves a client that shows a certificate of the authority, with TLS 1.2 and 1.3', async () => {
    expect([await outcome({}), await outcome({ newest: 'TLSv1.2' })]).to.deep.equal([401, 401])
  })
  for (const newest of ['TLSv1', 'TLSv1.1'] as const) {
    it(`H17: refuses ${newest}`, async () => expect(await outcome({ newest })).to.be.a('string'))
  }
  it('H17: refuses another server name', async () => expect(await outcome({ servername: 'evil.example' })).to.be.a('string'))
  it('H17: refuses an expired client certificate', async () => expect(await outcome({ with: expired })).to.be.a('string'))
  it('H17: refuses a client certificate that another authority signed', async () =>
    expect(await outcome({ with: stranger })).to.be.a('string'))
})
