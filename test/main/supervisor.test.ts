import { expect } from 'chai'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { supervise, type Supervised } from '../../adapters/main/supervisor.ts'
import { eventually } from '../support/eventually.ts'

/** More than Linux takes in one variable. */
const TOO_LONG = 'x'.repeat(200_000)
/** Notes that it lives, and ends as it is told to. */
const SCRIPT = `import { appendFileSync } from 'node:fs'
appendFileSync(process.argv[2], 'x')
if (process.argv[3] === 'stay') setInterval(() => undefined, 1_000)
else process.exit(Number(process.argv[3]))
`

describe('the supervisor', () => {
  let folder: string
  let said: ReadonlyArray<string>
  const named = (name: string, end: string, env = {}): Supervised =>
    ({ name, args: [join(folder, name), end], env: { ...process.env, ...env } })
  const starts = (name: string): number => {
    try {
      return readFileSync(join(folder, name), 'utf8').length
    } catch {
      return 0
    }
  }
  const supervised = (...processes: ReadonlyArray<Supervised>) =>
    supervise(join(folder, 'process.mjs'), processes, (what) => { said = [...said, what] })

  beforeEach(() => {
    said = []
    folder = mkdtempSync(join(tmpdir(), 'daisi-supervisor-'))
    writeFileSync(join(folder, 'process.mjs'), SCRIPT)
  })
  afterEach(() => { rmSync(folder, { recursive: true, force: true }) })

  it('starts a process again that has died', async () => {
    const { stop } = supervised(named('dying', '1'))
    await eventually('it was started again', () => starts('dying') > 1)
    await stop()
    expect(said).to.deep.equal([])
  })

  it('says that a process could not be made, and tries again, while the others live', async () => {
    const { stop } = supervised(named('impossible', 'stay', { TOO_LONG }), named('living', 'stay'))
    await eventually('it was tried again and the other lives', () => said.length > 1 && starts('living') === 1)
    await stop()
    expect(new Set(said)).to.deep.equal(new Set(['impossible could not be started: E2BIG']))
    expect(starts('impossible')).to.equal(0)
  })

  it('gives up where starting again cannot help: exit code 78', async () => {
    const { hopeless, stop } = supervised(named('misconfigured', '78'))
    expect(await hopeless).to.equal(78)
    await stop()
    expect(starts('misconfigured')).to.equal(1)
  })
})
