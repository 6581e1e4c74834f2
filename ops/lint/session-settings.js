/** `set_config(…, false)`, and a statement that begins with `set` and is not for this transaction alone. */
const SET_CONFIG = /\bset_config\s*\([^()]*(\([^()]*\)[^()]*)*,\s*false\s*\)/i
const SET = /(^|;)\s*set\s+(?!local\b|transaction\b|constraints\b)/i

const MESSAGE = 'Set it for the transaction: set_config(…, true) in in-role.ts.'

/** Functions that take a statement as text. */
const TAKES_SQL = /^(query|addSql|raw|execute|unsafe)$/

const textOf = (node) => (node.type === 'TemplateLiteral' ? node.quasis.map(({ value }) => value.raw).join('?') : String(node.value ?? ''))

/** kysely's sql`…`, with or without a type argument. */
const isSql = ({ tag }) => tag.type === 'Identifier' && tag.name === 'sql'

const calleeName = ({ callee }) => (callee.type === 'MemberExpression' ? callee.property.name : callee.name) ?? ''

/**
 * ESLint rule: what is set for a session reaches whoever borrows the connection next (reliability 4.4); adapters set role, company
 * and limits for one transaction, in in-role.ts.
 */
export const sessionSettings = {
  meta: { type: 'problem', schema: [] },
  create: (context) => {
    const check = (node) => {
      const text = textOf(node)
      if (SET_CONFIG.test(text) || SET.test(text)) context.report({ node, message: MESSAGE })
    }
    return {
      TaggedTemplateExpression: (node) => { if (isSql(node)) check(node.quasi) },
      CallExpression: (node) => {
        const [first] = node.arguments
        if (TAKES_SQL.test(calleeName(node)) && (first?.type === 'Literal' || first?.type === 'TemplateLiteral')) check(first)
      },
    }
  },
}
