import { expect } from 'chai'
import { readFileSync } from 'node:fs'
import { mutations } from './mutations.ts'

describe('the mutations', () => {
  for (const { safety, file, from } of mutations) it(`find the place in ${file} where "${safety}" stands`, () => {
    expect(readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8').split(from)).to.have.length(2)
  })
})
