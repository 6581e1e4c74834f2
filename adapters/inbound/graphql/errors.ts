import { GraphQLError } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { randomUUID } from 'node:crypto'

/** Told of everything that was thrown and was no answer; `correlationId` is all that the client gets to see of it. */
export type OnBug = (cause: unknown, correlationId: string) => void

/** A `GraphQLError` without an original was made for the client: by us, by a limit, or by validation. */
const isAnswer = (error: unknown): error is GraphQLError =>
  error instanceof GraphQLError && (error.originalError === undefined || isAnswer(error.originalError))

/** Yoga's `maskError`. */
export const maskedBy = (onBug: OnBug) => (error: unknown): Error => {
  if (isAnswer(error)) return error
  const correlationId = randomUUID()
  onBug(error instanceof GraphQLError ? error.originalError : error, correlationId)
  const at = error instanceof GraphQLError && error.path !== undefined ? { path: error.path } : {}
  return new GraphQLError('Unexpected error.', { ...at, extensions: { code: 'INTERNAL_SERVER_ERROR', correlationId, unexpected: true } })
}

const SUGGESTION = / ?Did you mean [^?]*\?/

/** Every error has a code; in production none tells of names that the client did not know. */
const coded = (error: GraphQLError, production: boolean): GraphQLError => new GraphQLError(
  production ? error.message.replace(SUGGESTION, '') : error.message,
  {
    nodes: error.nodes ?? null, source: error.source ?? null, positions: error.positions ?? null, path: error.path ?? null,
    extensions: { ...error.extensions, code: error.extensions['code'] ?? 'BAD_USER_INPUT' },
  },
)

export const codedErrors = (production: boolean): Plugin => ({
  onResultProcess: ({ result, setResult }) => {
    if (Array.isArray(result) || !('errors' in result) || result.errors === undefined) return
    setResult({ ...result, errors: result.errors.map((error) => coded(error, production)) })
  },
})
