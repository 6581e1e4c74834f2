import { expect } from 'chai'
import { Linter, type Rule } from 'eslint'

const RULE_FILE = new URL('../../ops/lint/session-settings.js', import.meta.url).href

const REFUSED = {
  'a variable set for the session': 'sql`select set_config(\'app.company_id\', ${id}, false)`',
  'a variable set for the session beside another': 'sql`select set_config(\'a\', f(${id}), true), set_config(\'b\', f(${id}), FALSE)`',
  'a role set for the session': 'sql`set role daisi_writer`',
  'a setting of the session': 'client.query(`\n  SET SESSION statement_timeout = 0`)',
  'a setting after another statement': 'connection.query("begin; set statement_timeout = 0")',
}

const ALLOWED = {
  'a variable set for the transaction': 'sql`select set_config(\'app.company_id\', ${id}, true)`',
  'a role set for the transaction': 'this.addSql(`set local role daisi_owner`)',
  'an update': 'sql`update daisi.chats set unread_count = 0 where not is_group and false`',
  'prose': 'logger.info("set it")',
}

describe('the lint rule against settings of a session', () => {
  let rule: Rule.RuleModule
  before(async () => { rule = (await import(RULE_FILE) as { readonly sessionSettings: Rule.RuleModule }).sessionSettings })

  const complaints = (code: string): number =>
    new Linter().verify(code, { plugins: { daisi: { rules: { it: rule } } }, rules: { 'daisi/it': 'error' } }).length

  for (const [what, code] of Object.entries(REFUSED)) it(`refuses ${what}`, () => { expect(complaints(code)).to.equal(1) })
  for (const [what, code] of Object.entries(ALLOWED)) it(`allows ${what}`, () => { expect(complaints(code)).to.equal(0) })
})
