import { expect } from 'chai'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { alerts, rulesTestYaml, rulesYaml } from '../../ops/prometheus/rules-files.ts'
import { obtainPromtool } from '../support/obtain-promtool.ts'

const textOf = (path: string): string => readFileSync(new URL(`../../ops/${path}`, import.meta.url), 'utf8')
const pathOf = (path: string): string => new URL(`../../ops/${path}`, import.meta.url).pathname

describe('the alerts', function () {
  this.timeout(180_000)
  let promtool: string
  before(() => { promtool = obtainPromtool() })
  const run = (...args: ReadonlyArray<string>) => {
    const { status, stdout, stderr } = spawnSync(promtool, [...args], { encoding: 'utf8' })
    return { status, said: `${stdout}${stderr}` }
  }

  it('are what `npm run generate` makes of their description now, and so are their tests', () => {
    expect(textOf('prometheus/rules.yaml')).to.equal(rulesYaml())
    expect(textOf('prometheus/rules.test.yaml')).to.equal(rulesTestYaml())
  })

  it('are valid rules', () => {
    const { status, said } = run('check', 'rules', pathOf('prometheus/rules.yaml'))
    expect(status, said).to.equal(0)
    expect(said).to.contain(`${alerts.length} rules found`)
  })

  it('speak when they should, each of them, and else are silent', () => {
    const { status, said } = run('test', 'rules', pathOf('prometheus/rules.test.yaml'))
    expect(status, said).to.equal(0)
  })

  it('lead to a paragraph of the runbooks each, and every paragraph belongs to one', () => {
    const headings = [...textOf('docs/runbooks.md').matchAll(/^### (.+)\n\n(\S.{80,})/gm)].map(([, heading]) => heading)
    expect(headings).to.have.members(alerts.map(({ name }) => name))
    const links = [...textOf('prometheus/rules.yaml').matchAll(/runbook: "ops\/docs\/runbooks\.md#(\w+)"/g)].map(([, anchor]) => anchor)
    expect(links).to.have.members(headings.map((heading) => heading?.toLowerCase()))
  })
})
