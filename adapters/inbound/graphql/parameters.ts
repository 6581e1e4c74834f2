import type { GraphQLParams, Plugin } from 'graphql-yoga'
import { refusal } from './refusals.ts'

/**
 * Takes the parameters of GraphQL over HTTP out of a request and nothing else: whatever a client adds, a company's name among
 * it, has no effect (bad inputs Q17). Several queries in one request are refused (Q9).
 */
export const knownParameters: Plugin = {
  onRequestParse: () => ({ onRequestParseDone: ({ requestParserResult, setRequestParserResult }) => {
    if (Array.isArray(requestParserResult)) throw refusal('BAD_USER_INPUT', 'One query a request.', 400)
    const { query, variables, operationName, extensions } = requestParserResult
    setRequestParserResult({ query, variables, operationName, extensions } as GraphQLParams)
  } }),
}
