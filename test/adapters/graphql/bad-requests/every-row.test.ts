import { expect } from 'chai'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Sections 7 and 9 of bad-inputs.md, without Q18, Q38, Q39 and H18, which are not in this release (design 10). */
const QUERIES = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 15, 17, 19, 20, 22, 23, 25, 26, 27, 29, 30, 32, 33, 34, 35, 36, 37, 40]
const HTTP = [1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 16, 17]

/** As rows and test names say them. */
const NUMBER = /(?:id: '|it\(['`])([QH]\d+)/g

describe('rows of bad inputs', () => {
  it('each have a test', () => {
    const folder = import.meta.dirname
    const texts = globSync('**/*.ts', { cwd: folder }).map((name) => readFileSync(join(folder, name), 'utf8'))
    const tested = new Set(texts.flatMap((text) => [...text.matchAll(NUMBER)].map(([, id]) => id)))
    expect([...tested]).to.have.members([...QUERIES.map((n) => `Q${n}`), ...HTTP.map((n) => `H${n}`)])
  })
})
