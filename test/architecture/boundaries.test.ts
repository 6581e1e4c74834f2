import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { cruise, RULES_FILE, type Cruised } from './cruise.ts'
import { plant, PLANTS } from './planted-tree.ts'

const rules = createRequire(import.meta.url)(RULES_FILE) as { readonly forbidden: ReadonlyArray<{ readonly name: string }> }

describe('boundaries', function () {
  this.timeout(60_000)

  it('hold in the tree', () => {
    const { violations, totalCruised } = cruise(join(import.meta.dirname, '../..'))
    expect(totalCruised).to.be.greaterThan(0)
    expect(violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).to.deep.equal([])
  })

  describe('in a tree that breaks each of them', () => {
    let folder = ''
    let cruised: Cruised = { violations: [], totalCruised: 0 }
    before(() => {
      folder = mkdtempSync(join(tmpdir(), 'daisi-planted-'))
      plant(folder)
      cruised = cruise(folder)
    })
    after(() => { rmSync(folder, { recursive: true, force: true }) })

    for (const { name } of rules.forbidden)
      it(`catches what breaks ${name}`, () => {
        const files = cruised.violations.filter(({ rule }) => rule.name === name).flatMap(({ from, to }) => [from, to])
        expect(files).to.include(PLANTS[name]?.file)
      })
  })
})
