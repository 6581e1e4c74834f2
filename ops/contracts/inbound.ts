import type * as t from 'io-ts'
import { eventKinds, eventNames, type EventKind, type EventName } from '../../adapters/inbound/nats/subjects.ts'
import { noteOf, type JsonSchema } from '../../schemas/noted.ts'
import { DRAFT, jsonText } from './json-text.ts'
import { schemaOf } from './json-schema.ts'

export const payloadOf = (event: EventName): t.Mixed => {
  const { payload }: EventKind = eventKinds[event]
  return payload
}

/** What a history holds items of. */
const itemOf = (payload: t.Mixed): t.Mixed | undefined => {
  const note = noteOf(payload)
  const items = note?.of === 'payload' ? note.fields.map(({ codec }) => noteOf(codec)).find((one) => one?.of === 'items') : undefined
  return items?.of === 'items' ? items.item : undefined
}

const usesOf = (payload: t.Mixed): string => eventNames.flatMap((event) => {
  if (payloadOf(event) === payload) return [`Body of ${event}.<company>`]
  return itemOf(payloadOf(event)) === payload ? [`each item of ${event}.<company>`] : []
}).join('; ')

const versionOf = (payload: t.Mixed): string => eventNames.find((event) => payloadOf(event) === payload)?.split('.')[0] ?? ''


const TOLERANCE = 'Unknown fields are ignored. Null is the same as absent, unless it is said to clear. `company_id` is that of the subject.'

const described = (payload: t.Mixed, schema: JsonSchema): JsonSchema => {
  const { title, ...rest } = schema
  return { title, description: `${usesOf(payload)}. ${TOLERANCE}`, ...rest }
}

/** All payloads, each once. Throws where two have one name: a reader could not tell them apart. */
const payloads = (): ReadonlyArray<t.Mixed> => {
  const all = [...new Set(eventNames.map(payloadOf))]
  if (new Set(all.map(({ name }) => name)).size < all.length) throw new TypeError('two payloads have one name')
  return all
}

/** Schemas of all payloads by name, referring to each other as `refOf` says. */
export const inboundSchemas = (refOf: (name: string) => string): ReadonlyMap<string, JsonSchema> =>
  new Map(payloads().map((payload) => [payload.name, described(payload, schemaOf(payload, ({ name }) => refOf(name)))]))

const fileOf = (name: string): string => `${name.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase()}.json`

/** One JSON Schema a payload, by path; those of one version refer to each other. */
export const inboundFiles = (): ReadonlyArray<readonly [path: string, text: string]> => {
  const schemas = inboundSchemas(fileOf)
  return payloads().map((payload) => [`inbound/${versionOf(payload)}/${fileOf(payload.name)}`,
    jsonText({ $schema: DRAFT, ...schemas.get(payload.name) })])
}
