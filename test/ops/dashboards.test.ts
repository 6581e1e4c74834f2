import { expect } from 'chai'
import { readdirSync, readFileSync } from 'node:fs'
import { dashboardFiles } from '../../ops/grafana/dashboards.ts'
import { metricsDocument } from '../../ops/docs/metrics.ts'
import { alerts } from '../../ops/prometheus/rules-files.ts'
import { expressionsOf, namesIn } from './metric-names.ts'

const FOLDER = new URL('../../ops/grafana/', import.meta.url)

describe('the dashboards', () => {
  it('are what `npm run generate` makes of their description now', () => {
    const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json'))
    expect(files).to.have.members([...dashboardFiles().keys()])
    for (const [name, content] of dashboardFiles()) expect(readFileSync(new URL(name, FOLDER), 'utf8'), name).to.equal(content)
  })

  it('show every metric of ours, or an alert looks at it', () => {
    const shown = namesIn([...[...dashboardFiles().values()].flatMap(expressionsOf), ...alerts.map(({ expr }) => expr)].join('\n'))
    const documented = [...metricsDocument().matchAll(/^\| `(daisi_(?!nodejs_|process_)\w+)` \| (\w+)/gm)]
    expect(documented.length).to.be.greaterThan(40)
    expect(documented.filter(([, name = '', type]) => !shown.has(type === 'histogram' ? `${name}_bucket` : name)).map(([, name]) => name))
      .to.deep.equal([])
  })

  it('have panels that do not overlap', () => {
    interface Placed { readonly title: string; readonly gridPos: Readonly<Record<'x' | 'y' | 'w' | 'h', number>> }
    for (const [name, content] of dashboardFiles()) {
      const cells = (JSON.parse(content) as { readonly panels: ReadonlyArray<Placed> }).panels.flatMap(({ gridPos: { x, y, w, h } }) =>
        Array.from({ length: w * h }, (_, i) => `${x + (i % w)} ${y + Math.floor(i / w)}`))
      expect(new Set(cells).size, name).to.equal(cells.length)
    }
  })
})
