import { expect } from 'chai'
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { connect } from '@nats-io/transport-node'
import { jetstream } from '@nats-io/jetstream'
import { Client } from 'pg'
import { aMessageBody } from '../../support/a-delivery.ts'
import { eventually } from '../../support/eventually.ts'
import { openCluster, TEST_KEY, type Cluster } from '../../faults/harness/cluster.ts'
import { blocksOf, pages, pageText, type Block } from './blocks.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const WAIT_MS = 60_000
/** What the pages call `daisi`. */
const PRELUDE = 'set -euo pipefail; daisi() { node adapters/inbound/cli/daisi.ts "$@"; };'
const run = promisify(execFile)

interface Letter { readonly id: string; readonly reason: string; readonly fingerprint: string }

describe('the documents', function () {
  this.timeout(4 * WAIT_MS)
  const folder = mkdtempSync(join(tmpdir(), 'daisi-docs-'))
  let cluster: Cluster
  let env: Readonly<Record<string, string>>

  const rows = async <R>(text: string): Promise<ReadonlyArray<R>> => {
    const client = new Client({ connectionString: cluster.postgres.url })
    await client.connect()
    try {
      const { rows: found } = await client.query(text)
      return found as ReadonlyArray<R>
    } finally {
      await client.end()
    }
  }
  const letters = async (): Promise<ReadonlyArray<Letter>> =>
    rows(`select id::text, reason, fingerprint from daisi.failed_events where status = 'exhausted' order by id`)
  const runBlock = ({ language, text }: Block): Promise<unknown> =>
    (language === 'sql' ? rows(text) : run('bash', ['-c', `${PRELUDE}\n${text}`], { cwd: ROOT, env: { ...process.env, ...env }, timeout: WAIT_MS }))

  before(async () => {
    cluster = await openCluster()
    cluster.add('ingest', 'ingest')
    cluster.add('project', 'project')
    await cluster.untilReady()
    env = { NATS_URL: cluster.nats.url, DATABASE_URL: cluster.postgres.url, JWT_KEY: TEST_KEY, CURSOR_SECRET: TEST_KEY }
    const connection = await connect({ servers: cluster.nats.url })
    for (const body of [JSON.stringify(aMessageBody('m1')), '{}', '[']) await jetstream(connection).publish('v1.messages.upsert.ACME', body)
    await connection.close()
    await eventually('two events have failed', async () => (await letters()).length === 2, WAIT_MS)
    const [first, other] = await letters()
    const file = join(folder, 'body.json')
    writeFileSync(file, JSON.stringify(aMessageBody('m2')))
    env = { ...env, COMPANY: 'ACME', ID: first?.id ?? '', OTHER: other?.id ?? '', FINGERPRINT: first?.fingerprint ?? '', BODY_FILE: file }
  })
  after(async () => {
    await cluster.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  for (const page of pages())
    for (const block of blocksOf(page).filter(({ why }) => why === undefined))
      it(`${page}: ${block.text.trim().split('\n').join(' ; ')}`, async () => { await runBlock(block) })

  it('say why each command is not run that is not', () => {
    const unrun = pages().flatMap(blocksOf).filter(({ why }) => why !== undefined)
    for (const { page, text, why = '' } of unrun) expect(why.length, `${page}: ${text}`).to.be.greaterThan(20)
  })

  it('show what is to be run in fences only, where it is seen', () => {
    for (const page of pages()) expect(pageText(page).match(/^ {4,}(?:daisi|pg_\w+|psql) .*/gm) ?? [], page).to.deep.equal(
      blocksOf(page).flatMap(({ text }) => text.match(/^ {4,}(?:daisi|pg_\w+|psql) .*/gm) ?? []))
  })

  it('lead to files that are there', () => {
    for (const page of pages())
      for (const [, target = ''] of pageText(page).matchAll(/\]\((?!https?:)([^)#]+)/g))
        expect(existsSync(join(ROOT, 'ops/docs', dirname(page), target)), `${page}: ${target}`).to.equal(true)
  })
})
