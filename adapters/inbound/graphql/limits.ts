import { maxAliasesPlugin } from '@escape.tech/graphql-armor-max-aliases'
import { maxDepthPlugin } from '@escape.tech/graphql-armor-max-depth'
import { maxTokensPlugin } from '@escape.tech/graphql-armor-max-tokens'
import type { Plugin } from 'graphql-yoga'
import { refusal } from './refusals.ts'

const MAX_DEPTH = 12
const MAX_ALIASES = 30
const MAX_TOKENS = 2_000
/** Twelve levels of fields with their arguments, in fragments, stay far below. */
const MAX_BRACKETS = 100

const OPENING = new Set(['{', '[', '('])
const CLOSING = new Set(['}', ']', ')'])

/** Brackets inside strings count as well: no query needs so many. */
const isTooDeep = (source: string): boolean => {
  let open = 0
  for (const char of source) {
    if (OPENING.has(char)) open += 1
    else if (CLOSING.has(char)) open -= 1
    if (open > MAX_BRACKETS) return true
  }
  return false
}

/** graphql-js's parser recurses and runs out of stack before the token limit is reached (measured, bad inputs Q25). */
const maxBrackets: Plugin = { onParse: ({ params: { source } }) => {
  if (isTooDeep(typeof source === 'string' ? source : source.body)) throw refusal('BAD_USER_INPUT', 'The query is nested too deep.')
} }

/** Of the document, before anything runs (bad inputs Q4 to Q8, Q25); what a query may cost is in check-request.ts. */
export const limits: ReadonlyArray<Plugin> = [
  maxBrackets, maxDepthPlugin({ n: MAX_DEPTH }) as Plugin, maxAliasesPlugin({ n: MAX_ALIASES }) as Plugin,
  maxTokensPlugin({ n: MAX_TOKENS }) as Plugin,
]
