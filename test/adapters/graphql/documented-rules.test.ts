import { expect } from 'chai'
import { readFileSync } from 'node:fs'
import { graphqlRules } from '../../../ops/docs/graphql-rules.ts'

describe('the documented rules', () => {
  it('are what `npm run generate` makes of the table now', () => {
    expect(readFileSync(new URL('../../../ops/docs/graphql-rules.md', import.meta.url), 'utf8')).to.equal(graphqlRules())
  })
})
