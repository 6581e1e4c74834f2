import { WHOLE_EVENT, type Entry, type Intent } from './ledger.ts'
import type { Stored } from './stored.ts'

export type Json = string | number | boolean | null | ReadonlyArray<Json> | { readonly [name: string]: Json }
export type Payload = Readonly<Record<string, Json | undefined>>

/** A valid event, or a valid item of a history, as the broker stored it. */
export interface Observation {
  readonly company: string
  /** Base subject of what it is like: an item of `v1.history.chats` is a `v1.chats.upsert`. */
  readonly kind: string
  readonly payload: Payload
  readonly publishedAt: number
  /** 0 for history, 1 for realtime. */
  readonly rank: number
  readonly sequence: number
  readonly item: number
}

/** An event, or an item, that must be found among the failures. */
export interface ExpectedFailure {
  readonly company: string
  readonly stream: string
  readonly sequence: number
  readonly item: number
  readonly subject: string
  readonly reason: string
  /** base64 */
  readonly body: string
}

/** Where a failure was, or is. */
export type FailurePlace = Pick<ExpectedFailure, 'company' | 'stream' | 'sequence' | 'item'>

/** A post-scan sync asked for by the last batch of an import. */
export interface SyncRequest {
  readonly company: string
  readonly agent: string
  readonly dueAt: number
  /** It has been due, and must have run. */
  readonly hasRun: boolean
}

export interface Told {
  readonly observations: ReadonlyArray<Observation>
  readonly failures: ReadonlyArray<ExpectedFailure>
  /** Failures that went through after all: nothing is left of them but their letters. */
  readonly passed: ReadonlyArray<FailurePlace>
  readonly syncs: ReadonlyArray<SyncRequest>
  /** Places, `stream sequence`, of all that was accepted. */
  readonly places: ReadonlySet<string>
  /** What the ledger and the streams disagree about. */
  readonly problems: ReadonlyArray<string>
  /** Accepted, and not in the stream with its bytes. */
  readonly notKept: number
}

const HISTORY_ITEMS: Readonly<Record<string, { readonly list: string; readonly kind: string }>> = {
  'v1.history.chats': { list: 'chats', kind: 'v1.chats.upsert' },
  'v1.history.messages': { list: 'messages', kind: 'v1.messages.upsert' },
  'v1.history.contacts': { list: 'contacts', kind: 'v1.contacts.upsert' },
}

export const placeOf = ({ stream, sequence }: { readonly stream: string; readonly sequence: number }): string => `${stream} ${sequence}`

const splitSubject = (subject: string): readonly [base: string, company: string] => {
  const at = subject.lastIndexOf('.')
  return [subject.slice(0, at), subject.slice(at + 1)]
}

const observationsOf = (intent: Intent, stored: Stored): ReadonlyArray<Observation> => {
  if (intent.refusals.some(({ item }) => item === WHOLE_EVENT)) return []
  const [base, company] = splitSubject(stored.subject)
  const payload = JSON.parse(stored.body.toString('utf8')) as Payload
  const history = HISTORY_ITEMS[base]
  const at = { company, publishedAt: stored.publishedAt, sequence: stored.sequence }
  if (history === undefined) return [{ ...at, kind: base, payload, rank: 1, item: 0 }]
  const items = payload[history.list] as ReadonlyArray<Payload>
  return items.map((item, i) => ({ ...at, kind: history.kind, payload: item, rank: 0, item: i }))
    .filter(({ item }) => !intent.refusals.some((refusal) => refusal.item === item))
}

const failuresOf = (intent: Intent, { stream, sequence, subject }: Stored): ReadonlyArray<ExpectedFailure> =>
  intent.refusals.map(({ item, reason, body }) => ({ company: splitSubject(subject)[1], stream, sequence, item, subject, reason, body }))

const passedOf = ({ passing }: Intent, { stream, sequence, subject }: Stored): ReadonlyArray<FailurePlace> =>
  (passing === true ? [{ company: splitSubject(subject)[1], stream, sequence, item: WHOLE_EVENT }] : [])

const SYNC_DELAY_SECONDS = 900

const syncOf = ({ refusals, syncSeconds }: Intent, { subject, body, publishedAt }: Stored): ReadonlyArray<SyncRequest> => {
  const [base, company] = splitSubject(subject)
  if (base !== 'v1.history.messages' || refusals.some(({ item }) => item === WHOLE_EVENT)) return []
  const { is_last_batch: isLast, agent_id: agent } = JSON.parse(body.toString('utf8')) as Payload
  return isLast === true && typeof agent === 'string'
    ? [{ company, agent, dueAt: publishedAt + (syncSeconds ?? SYNC_DELAY_SECONDS), hasRun: syncSeconds !== undefined }] : []
}

/** What was published, in the words of the ledger, at the places and times that the broker gave it. */
export const tellOf = (entries: ReadonlyArray<Entry>, stored: ReadonlyArray<Stored>): Told => {
  const intents = new Map(entries.filter((entry) => entry.type === 'intent').map((intent) => [intent.id, intent]))
  const byPlace = new Map(stored.map((message) => [placeOf(message), message]))
  const accepted = new Map<string, Intent>()
  const problems: string[] = []
  let notKept = 0
  const settledIds = new Set<number>()
  for (const entry of entries) {
    if (entry.type !== 'accepted') continue
    settledIds.add(entry.id)
    const [intent, message] = [intents.get(entry.id), byPlace.get(placeOf(entry))]
    if (intent === undefined) throw new Error(`accepted without an intent: ${entry.id}`)
    accepted.set(placeOf(entry), intent)
    if (message !== undefined && message.body.equals(Buffer.from(intent.body, 'base64')) && message.subject === intent.subject) continue
    notKept += 1
    problems.push(`${placeOf(entry)} was accepted and is not kept as published`)
  }
  for (const { id } of intents.values()) if (!settledIds.has(id)) problems.push(`intent ${id} was never accepted`)
  for (const place of byPlace.keys()) if (!accepted.has(place)) problems.push(`${place} is stored, and no intent was told so`)
  const pairs = [...accepted].flatMap(([place, intent]) => {
    const message = byPlace.get(place)
    return message === undefined ? [] : [[intent, message] as const]
  })
  return {
    problems, notKept, places: new Set(accepted.keys()),
    observations: pairs.flatMap(([intent, message]) => observationsOf(intent, message)),
    failures: pairs.flatMap(([intent, message]) => failuresOf(intent, message)),
    passed: pairs.flatMap(([intent, message]) => passedOf(intent, message)),
    syncs: pairs.flatMap(([intent, message]) => syncOf(intent, message)),
  }
}
