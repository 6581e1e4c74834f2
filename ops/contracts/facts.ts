import type * as t from 'io-ts'
import { factCodecs, SCHEMA_VERSION, type FactKind } from '../../schemas/events/stored-fact.ts'
import { DRAFT, jsonText } from './json-text.ts'
import { schemaOf } from './json-schema.ts'

const refused = ({ name }: t.Mixed): string => {
  throw new TypeError(`a fact refers to nothing outside itself, yet to ${name}`)
}

const schemaOfKind = (kind: FactKind): object => {
  const codecs: Readonly<Record<string, t.Mixed>> = factCodecs[kind]
  return {
    $schema: DRAFT, title: `Facts of ${kind}`,
    description: `Payloads in daisi.event_log where kind is '${kind}' and schema_version is ${SCHEMA_VERSION}, by type. `
      + 'Clocks are [seconds, rank, sequence, item].',
    definitions: Object.fromEntries(Object.entries(codecs).map(([type, codec]) => [type, schemaOf(codec, refused)])),
  }
}

/** The payloads of stored facts: one file a kind of aggregate, a definition a type. */
export const factFiles = (): ReadonlyArray<readonly [path: string, text: string]> => (Object.keys(factCodecs) as FactKind[])
  .map((kind) => [`facts/v${SCHEMA_VERSION}/${kind}.json`, jsonText(schemaOfKind(kind))])
