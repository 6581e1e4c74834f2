import { generate } from '@graphql-codegen/cli'
import { expect } from 'chai'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import config from '../../../ops/graphql/codegen.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

describe('generated resolver types', () => {
  it('are what `npm run generate` makes of the schema now', async function () {
    this.timeout(60_000)
    const files = await generate({ ...config, cwd: ROOT, silent: true }, false)
    for (const { filename, content } of files) expect(readFileSync(`${ROOT}${filename}`, 'utf8')).to.equal(content)
    expect(files).to.have.length(1)
  })
})
