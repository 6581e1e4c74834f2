import { expect } from 'chai'
import { readFileSync } from 'node:fs'
import { metricsDocument } from '../../ops/docs/metrics.ts'

describe('the documented metrics', () => {
  const written = readFileSync(new URL('../../ops/docs/metrics.md', import.meta.url), 'utf8')

  it('are what `npm run generate` makes of the registries now', () => {
    expect(written).to.equal(metricsDocument())
  })

  it('have names with base units, and no label for a company or a person', () => {
    const rows = [...written.matchAll(/^\| `(daisi_(?!nodejs_|process_)\w+)` \| (\w+) \| ([^|]*) \|/gm)]
    expect(rows.length).to.be.greaterThan(40)
    for (const [, name = '', type, labels = ''] of rows) {
      if (type === 'counter') expect(name, name).to.match(/_total$/)
      else expect(name, name).not.to.match(/_total$/)
      expect(name, name).not.to.match(/_(ms|millis|milliseconds|minutes|kb|mb)\b/)
      expect(labels, name).not.to.match(/company|tenant|agent|phone|user|id\b/)
    }
  })
})
