import { GraphQLError } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { randomUUID } from 'node:crypto'

/** Told of everything that was thrown and was no answer; `correlationId` is all that the client gets to see of it. */
export type OnBug = (cause: unknown, correlationId: string) => void

/** A `GraphQLError` without an original was made for the client: by us, by a limit, or by validation. */
const isAnswer = (error: unknown): error is GraphQLError =>
  error instanceof GraphQLError && (error.originalError === undefined || isAnswer(error.originalError))

/** Told the code of every error that a client is answered. */
export type OnError = (code: string) => void

/** Yoga's `maskError`. */
export const maskedBy = (onBug: OnBug) => (error: unknown): GraphQLError => {
  if (isAnswer(error)) return error
  const correlationId = randomUUID()
  onBug(error instanceof GraphQLError ? error.originalError : error, correlationId)
  const at = error instanceof GraphQLError && error.path !== undefined ? { path: error.path } : {}
  return new GraphQLError('Unexpected error.', { ...at, extensions: { code: 'INTERNAL_SERVER_ERROR', correlationId, unexpected: true } })
}

const SUGGESTION = / ?Did you mean [^?]*\?/

/** graphql-js quotes the values it refuses; they may be anybody's name or number, and errors end up in logs of clients. */
const QUOTING: ReadonlyArray<readonly [RegExp, string]> = [
  [/^(Variable "\$\w+") got invalid value [^]*$/, '$1 got an invalid value.'],
  [/^(\w+(?: "\w+")?) cannot represent [^]*$/, '$1 cannot represent this value.'],
  [/^(Expected value of type "[^"]*"), found [^]*$/, '$1.'],
  [/^Value "[^]*" does not exist in ("\w+" enum)[^]*$/, 'The value does not exist in $1.'],
  [/^(Syntax Error: [^"]*)"[^]*$/, '$1token.'],
]

const withoutValues = (message: string): string =>
  QUOTING.reduce((text, [quoting, instead]) => text.replace(quoting, instead), message)

const BAD_REQUEST = { status: 400 }

/** A request that was refused before it ran answers 400, also to clients that accept plain JSON (bad inputs Q25, Q26). */
const httpOf = ({ code, http }: GraphQLError['extensions'], ran: boolean): object => {
  const isOurs = http !== undefined && Reflect.get(http, 'spec') !== true
  if (isOurs) return { http }
  return ran || code === 'INTERNAL_SERVER_ERROR' ? {} : { http: BAD_REQUEST }
}

/** What yoga adds of its own: the parser's words, which quote the body. */
const withoutOriginal = ({ originalError: _, ...extensions }: GraphQLError['extensions']): object => extensions

/** Every error has a code and quotes no value; in production none tells of names that the client did not know. */
const coded = (error: GraphQLError, production: boolean, ran: boolean): GraphQLError => {
  const { nodes = null, source = null, positions = null, path = null, message, extensions } = error
  const options = { ...(ran ? {} : { nodes, source, positions }), path,
    extensions: { ...withoutOriginal(extensions), code: extensions['code'] ?? 'BAD_USER_INPUT', ...httpOf(extensions, ran) } }
  return new GraphQLError(withoutValues(production ? message.replace(SUGGESTION, '') : message), options)
}

/**
 * What ran is answered alike by plain and by compiled execution, of which only the first knows places in the text: else a company could
 * learn whether another has asked the same before.
 */
export const codedErrors = (production: boolean, onError: OnError): Plugin => ({
  onResultProcess: ({ result, setResult }) => {
    if (Array.isArray(result) || !('errors' in result) || result.errors === undefined) return
    const { errors, ...others } = result
    const ran = 'data' in result
    const all = errors.map((error) => coded(error, production, ran))
    for (const { extensions: { code } } of all) onError(String(code))
    setResult({ ...others, errors: all })
  },
})
