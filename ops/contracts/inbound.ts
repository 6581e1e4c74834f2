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
  if (payloadOf(event) === payload) return [`body of ${event}.<company>`]
  return itemOf(payloadOf(event)) === payload ? [`each item of ${event}.<company>`] : []
}).join('; ')

const TOLERANCE = 'Unknown fields are ignored. Null is the same as absent, unless it is said to clear. `company_id` is that of the subject.'

const described = (payload: t.Mixed, schema: JsonSchema): JsonSchema => {
  const { title, ...rest } = schema
  return { title, description: `${usesOf(payload)}. ${TOLERANCE}`, ...rest }
}

/** Schemas of all payloads by name, referring to each other as `refOf` says. */
export const inboundSchemas = (refOf: (name: string) => string): ReadonlyMap<string, JsonSchema> =>
  new Map([...new Set(eventNames.map(payloadOf))].map((payload) =>
    [payload.name, described(payload, schemaOf(payload, ({ name }) => refOf(name)))]))

const fileOf = (name: string): string => `${name.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase()}.json`

/** One JSON Schema a payload, by path. */
export const inboundFiles = (): ReadonlyArray<readonly [path: string, text: string]> =>
  [...inboundSchemas(fileOf)].map(([name, schema]) => [`inbound/v1/${fileOf(name)}`, jsonText({ $schema: DRAFT, ...schema })])
