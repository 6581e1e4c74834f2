import type * as t from 'io-ts'

/** JSON Schema, draft 7. */
export type JsonSchema = Readonly<Record<string, unknown>>

/** A property of a payload as the contract tells it. */
export interface NotedField {
  readonly wire: string
  readonly alias: string | undefined
  readonly codec: t.Mixed
  readonly presence: 'required' | 'optional' | 'clearable'
}

/** What a codec takes that cannot be seen in the codec itself. */
export type Note =
  /** `lenient` also takes what counts as absent, null aside; where nothing does it is the same. */
  | { readonly of: 'value'; readonly present: JsonSchema; readonly lenient: JsonSchema }
  /** `rule` is what several fields together must fulfil. */
  | { readonly of: 'payload'; readonly fields: ReadonlyArray<NotedField>; readonly rule: JsonSchema | undefined }
  | { readonly of: 'items'; readonly item: t.Mixed }
  | { readonly of: 'record'; readonly required: t.Props; readonly optional: t.Props }
  | { readonly of: 'registers'; readonly clock: t.Mixed; readonly fields: t.Props }
  /** It takes what another codec takes. */
  | { readonly of: 'same'; readonly as: t.Mixed }

const notes = new WeakMap<t.Mixed, Note>()

/** Notes beside a codec what it takes; the published contracts are made of these notes (`ops/contracts`). Answers the codec. */
export const noted = <C extends t.Mixed>(codec: C, note: Note): C => {
  notes.set(codec, note)
  return codec
}

export const noteOf = (codec: t.Mixed): Note | undefined => notes.get(codec)
