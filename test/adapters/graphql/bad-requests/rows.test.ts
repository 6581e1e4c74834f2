import { expect } from 'chai'
import { eventually } from '../../../support/eventually.ts'
import { counted } from '../counted-reads.ts'
import { openApiServer, type ApiServer } from '../open-api-server.ts'
import { memoryApi } from '../ask-api.ts'
import { httpRows } from './http-rows.ts'
import { identityRows } from './identity-rows.ts'
import { queryRows } from './query-rows.ts'
import type { Reply, Row } from './row.ts'

const meets = (reply: Reply, { status, codes, says, hides, header }: Row): void => {
  expect(reply.status, reply.text.slice(0, 300)).to.be.oneOf(typeof status === 'number' ? [status] : status)
  if (codes !== undefined) expect(new Set(reply.codes), reply.text.slice(0, 300)).to.deep.equal(new Set(codes))
  if (says !== undefined) expect(reply.text).to.match(says)
  if (hides !== undefined) expect(reply.text).not.to.match(hides)
  if (header !== undefined) expect(reply.headers[header[0]]).to.match(header[1])
}

describe('bad requests to the API', () => {
  let server: ApiServer
  let reads = 0
  before(async () => {
    const { options } = memoryApi()
    server = await openApiServer({ graphql: { openReads: counted(options.openReads, () => { reads += 1 }) } })
  })
  after(() => server.close())

  for (const row of [...queryRows, ...identityRows, ...httpRows]) {
    it(`${row.id}: ${row.title}`, async () => {
      reads = 0
      meets(await row.send(server), row)
      if (row.reads !== true) expect(reads).to.equal(0)
      expect(server.bugs.splice(0).map(String)).to.deep.equal([])
    })
  }
  it('leave the server as it was: no connection open, and good requests answered', async () => {
    await eventually('all connections are closed', () => new Promise<boolean>((resolve) => {
      server.server.getConnections((_, count) => { resolve(count === 0) })
    }))
    expect(server.conflicts).to.deep.equal(['acme'])
  })
})
