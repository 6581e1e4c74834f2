import { expect } from 'chai'
import { run } from './support/run.ts'

const SUITE = 'test/e2e/events-in-answers-out.test.ts'
const WITHIN_SECONDS = 120

describe('the test suite with CONTAINERS=1', () => {
  it('finds its servers in containers', function () {
    this.timeout(WITHIN_SECONDS * 1_000)
    const env = { ...process.env, CONTAINERS: '1', TEST_DATABASE_URL: '', TEST_NATS_URL: '' }
    const { code, out, err } = run('npx', ['mocha', '--no-config', '--extension', 'ts', '--timeout', '60000', '--exit',
      '--reporter', './test/support/reporter.ts', '--require', './test/support/servers.ts', SUITE], WITHIN_SECONDS, env)
    expect(code, `${out}${err}`).to.equal(0)
    expect(out).to.match(/^[1-9]\d* passed, 0 failed, 0 skipped$/m)
  })
})
