import { expect } from 'chai'
import type { Environment } from '../service-process.ts'
import { runDaisi, type Ended } from './run-daisi.ts'

/** A row of bad inputs 8 that must not start, with one of its examples. */
export interface StartRow {
  readonly row: string
  readonly what: string
  /** `start ingest` if absent. */
  readonly args?: ReadonlyArray<string>
  /** Asked after the `before` hooks of the describe around it, for only then servers have addresses. */
  readonly env: () => Environment
  /** One for each line that must be said, in order; no other line may be. */
  readonly says: ReadonlyArray<RegExp>
}

const AT_A_TIME = 3
const START_WITHIN_MS = 120_000
/** sysexits.h EX_CONFIG. */
const CONFIGURATION = 78
/** Ports of the kernel's choice, so that no two rows meet. */
const ANY_PORTS = { ADMIN_PORT: '0', HTTP_PORT: '0' }

/** Values of the environment that nothing may print. */
const secretsOf = (env: Environment): ReadonlyArray<string> =>
  Object.entries(env).filter(([name]) => /KEY|SECRET|URL|PASSWORD/.test(name) && !name.endsWith('_FILE')).map(([, value]) => value)
    .filter((value) => value.length > 6)

const expectRefusal = ({ env, says }: StartRow, { ending, stdout, stderr, said }: Ended): void => {
  expect(ending, stderr).to.equal(CONFIGURATION)
  expect(stdout).to.equal('')
  expect(said, said.join('\n')).to.have.length(says.length)
  says.forEach((pattern, i) => { expect(said[i]).to.match(pattern) })
  for (const secret of secretsOf(env())) expect(stderr).not.to.contain(secret)
}

/** Starts the real program once for each row, a few at a time; a test a row: exit code 78, a line a problem, no secret. */
export const itRefuses = (rows: ReadonlyArray<StartRow>): void => {
  const ended = new Map<StartRow, Ended>()

  before(async function () {
    this.timeout(START_WITHIN_MS)
    const waiting = [...rows]
    const work = async (): Promise<void> => {
      for (let row = waiting.shift(); row !== undefined; row = waiting.shift())
        ended.set(row, await runDaisi(row.args ?? ['start', 'ingest'], { ...ANY_PORTS, ...row.env() }))
    }
    await Promise.all(Array.from({ length: AT_A_TIME }, work))
  })

  for (const row of rows)
    it(`${row.row}: refuses ${row.what}`, () => { expectRefusal(row, ended.get(row) ?? expect.fail('it was not started')) })
}
