import { usePersistedOperations } from '@graphql-yoga/plugin-persisted-operations'
import type { Plugin } from 'graphql-yoga'
import { createHash } from 'node:crypto'
import { refusal } from './refusals.ts'

/** Operations that clients may name instead of sending their text. */
export interface PersistedOperations {
  /** Text by its SHA-256 in hexadecimal. */
  readonly textByHash: ReadonlyMap<string, string>
  /** Other operations are refused. */
  readonly only: boolean
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** By their hashes, whatever keys the file uses: none can be kept under a hash that is not its own. */
export const toPersistedOperations = (texts: ReadonlyArray<string>, only: boolean): PersistedOperations =>
  ({ only, textByHash: new Map(texts.map((text) => [sha256(text), text])) })

const notFound = () => refusal('PERSISTED_OPERATION_NOT_FOUND', 'There is no such persisted operation.', 400)
const required = () => refusal('PERSISTED_OPERATION_REQUIRED', 'Only persisted operations are answered.', 400)

const hashOf = (extensions: Readonly<Record<string, unknown>> | undefined): unknown =>
  (extensions?.['persistedQuery'] as { readonly sha256Hash?: unknown } | null | undefined)?.sha256Hash

/** A text that comes with the hash of another is refused, as Apollo's protocol for persisted queries has it (bad inputs Q37). */
const matchingHash: Plugin = { onParams: ({ params: { query, extensions } }) => {
  const hash = hashOf(extensions)
  if (typeof query === 'string' && typeof hash === 'string' && hash !== sha256(query)) throw notFound()
} }

export const persistedOperations = ({ textByHash, only }: PersistedOperations): ReadonlyArray<Plugin> => [
  matchingHash,
  usePersistedOperations({
    allowArbitraryOperations: !only, getPersistedOperation: (hash: string) => textByHash.get(hash) ?? null,
    customErrors: { notFound, keyNotFound: required, persistedQueryOnly: required },
  }) as Plugin,
]
