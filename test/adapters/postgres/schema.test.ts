import { expect } from 'chai'
import { Client } from 'pg'
import { ACCESS_RULES } from '../../support/schema-rules/access-rules.ts'
import { TABLE_RULES } from '../../support/schema-rules/table-rules.ts'
import type { SchemaRule } from '../../support/schema-rules/rule.ts'
import { withDatabase } from '../../support/with-database.ts'

describe('the schema', () => {
  let client: Client
  after(() => client.end())
  const database = withDatabase()
  before(async () => {
    client = new Client({ connectionString: database().url })
    await client.connect()
  })

  const breachesOf = async ({ breaches }: SchemaRule): Promise<ReadonlyArray<string>> =>
    (await client.query<{ readonly name: string }>(breaches)).rows.map(({ name }) => name)

  /** What the rule says more of a schema that breaks it; nothing of the plant stays. */
  const breachesWhenPlanted = async (rule: SchemaRule): Promise<ReadonlyArray<string>> => {
    const before = await breachesOf(rule)
    await client.query('begin; create schema planted')
    try {
      for (const statement of rule.plant) await client.query(statement)
      return (await breachesOf(rule)).filter((name) => !before.includes(name))
    } finally {
      await client.query('rollback')
    }
  }

  for (const rule of [...TABLE_RULES, ...ACCESS_RULES]) {
    it(`keeps the rule: ${rule.rule}`, async () => { expect(await breachesOf(rule)).to.deep.equal([]) })
    it(`is caught when it breaks the rule: ${rule.rule}`, async () => {
      expect(await breachesWhenPlanted(rule)).to.have.members(rule.caught)
    })
  }
})
