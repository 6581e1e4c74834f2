import * as E from 'fp-ts/lib/Either.js'
import type * as t from 'io-ts'
import { agentEvents } from './agent-event.ts'
import { aliasEvents } from './alias-event.ts'
import { chatEvents } from './chat-event.ts'
import { contactEvents } from './contact-event.ts'
import { messageEvents } from './message-event.ts'
import { onboardingEvents } from './onboarding-event.ts'
import { syncEvents } from './sync-event.ts'

/** Codecs of all facts, by kind of aggregate and type of fact. */
export const factCodecs = {
  message: messageEvents, chat: chatEvents, contact: contactEvents, alias: aliasEvents, agent: agentEvents,
  onboarding: onboardingEvents, sync: syncEvents,
} as const satisfies Record<string, Record<string, t.Mixed>>

export type FactKind = keyof typeof factCodecs

/** The version that this release writes; older ones are brought up to it by upcasters beside the codecs. */
export const SCHEMA_VERSION = 1

/** A fact as `event_log` holds it; `payload` is ready for JSON. */
export interface StoredFact { readonly type: string; readonly schemaVersion: number; readonly payload: unknown }

/** The log holds something this release cannot read: a newer release's fact, or damage. Never skipped. */
export interface UnreadableFact {
  readonly type: 'UnreadableFact'
  readonly kind: string
  readonly factType: string
  readonly schemaVersion: number
}

const codecOf = (kind: string, type: string): t.Mixed | undefined => {
  const ofKind: Readonly<Record<string, t.Mixed>> | undefined = Object.hasOwn(factCodecs, kind) ? factCodecs[kind as FactKind] : undefined
  return ofKind !== undefined && Object.hasOwn(ofKind, type) ? ofKind[type] : undefined
}

/** `fact` must be one of the domain's events of that kind; a type without a codec is a bug and throws. */
export const encodeFact = (kind: FactKind, fact: { readonly type: string }): StoredFact => {
  const codec = codecOf(kind, fact.type)
  if (codec === undefined) throw new TypeError(`no codec for ${kind} fact ${fact.type}`)
  const { type: _, ...payload } = codec.encode(fact) as Record<string, unknown>
  return { type: fact.type, schemaVersion: SCHEMA_VERSION, payload }
}

/** Answers one of the domain's events of that kind; `payload` as parsed from JSON. */
export const decodeFact = (
  kind: string, { type, schemaVersion, payload }: StoredFact,
): E.Either<UnreadableFact, { readonly type: string }> => {
  const unreadable: UnreadableFact = { type: 'UnreadableFact', kind, factType: type, schemaVersion }
  const codec = schemaVersion === SCHEMA_VERSION ? codecOf(kind, type) : undefined
  if (codec === undefined) return E.left(unreadable)
  const decoded = codec.decode(payload)
  return E.isLeft(decoded) ? E.left(unreadable) : E.right({ type, ...(decoded.right as object) })
}
