import { buildSchema, lexicographicSortSchema, printSchema } from 'graphql'
import { readTypeDefinitions } from '../../adapters/inbound/graphql/type-definitions.ts'
import { settingsTable } from '../../adapters/main/settings-table.ts'
import type { Setting } from '../../adapters/main/setting.ts'
import { asyncApi, deadLetterSchema } from './asyncapi.ts'
import { factFiles } from './facts.ts'
import { inboundFiles } from './inbound.ts'
import { DRAFT, jsonText } from './json-text.ts'

/** Where the published contracts are, and the ones that were promised and frozen. */
export const PUBLISHED = new URL('../docs/contracts/', import.meta.url)
export const FROZEN = new URL('frozen/', import.meta.url)

const schemaDocument = (): string => `${printSchema(lexicographicSortSchema(buildSchema(readTypeDefinitions().join('\n'))))}\n`

const settingOf = ({ name, byDefault, meaning, secret, allowed }: Setting<unknown>) =>
  ({ name, ...(secret ? { file: `${name}_FILE` } : {}), ...(byDefault === undefined ? {} : { default: byDefault }),
    ...(allowed === undefined ? {} : { allowed }), meaning })

const settingsReference = (): string => jsonText(Object.values(settingsTable).map((setting) => settingOf(setting as Setting<unknown>)))

/** Everything others rely on, made of the code that does it: paths under `ops/docs/contracts`, and texts. */
export const contractFiles = (): ReadonlyMap<string, string> => new Map([
  ['asyncapi.json', jsonText(asyncApi())],
  ...inboundFiles(),
  ['outbound/v1/dead-letter.json', jsonText({ $schema: DRAFT, ...deadLetterSchema() })],
  ...factFiles(),
  ['schema.graphql', schemaDocument()],
  ['settings.json', settingsReference()],
])
