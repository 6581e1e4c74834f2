import DataLoader from 'dataloader'
import type { Operations } from '../../../application/operations.ts'
import type { FoundAgent } from '../../../application/ports/agent-finder.ts'
import type { CompanyTotals } from '../../../application/ports/company-totals.ts'
import { personKey, type Person } from '../../../application/ports/contact-finder.ts'
import type { Found, Page, PageRequest } from '../../../application/ports/finder-page.ts'
import type { Reads } from '../../../application/ports/finders.ts'
import type { ProjectionProgress } from '../../../application/ports/freshness-finder.ts'
import type { FoundMessage, MessageConditions } from '../../../application/ports/message-finder.ts'
import type { FoundOnboarding } from '../../../application/ports/onboarding-finder.ts'
import { operationLoadersOf, type OperationLoaders } from './operation-loaders.ts'
import { answered } from './refusals.ts'
import { asFound, toChatView, toContactView, toMessageView, type ChatView, type ContactView, type MessageView } from './views.ts'

/** A page of one chat's messages. */
export interface MessagePageKey { readonly chatId: string; readonly request: PageRequest; readonly conditions: MessageConditions }

/** Null, as GraphQL has it, for what is not there: resolvers pass on what they are given. */
type ById<View> = DataLoader<string, View | null>

/** One request's loads: gathered while resolvers run, then asked for in one statement a kind. */
export interface Loaders extends OperationLoaders {
  readonly chat: ById<ChatView>
  readonly message: ById<MessageView>
  readonly contact: ById<ContactView>
  readonly person: DataLoader<Person, ContactView | null, string>
  readonly agent: ById<FoundAgent>
  readonly onboarding: ById<FoundOnboarding>
  readonly messagePage: DataLoader<MessagePageKey, Page<FoundMessage>, string>
  readonly totals: () => Promise<CompanyTotals>
  readonly freshness: () => Promise<ReadonlyArray<ProjectionProgress>>
}

const viewed = <Row, View>(row: Row | undefined, viewOf: (row: Row) => View): View | null => (row === undefined ? null : viewOf(row))

const byId = <Row, View>(
  find: (ids: ReadonlyArray<string>) => Found<ReadonlyMap<string, Row>>, viewOf: (row: Row) => View,
): ById<View> =>
  new DataLoader<string, View | null>(async (ids) => {
    const found = await answered(find(ids))
    return ids.map((id) => viewed(found.get(id), viewOf))
  })

const persons = ({ contacts }: Reads): Loaders['person'] => new DataLoader(async (keys: ReadonlyArray<Person>) => {
  const found = await answered(contacts.byPersons(keys))
  return keys.map((person) => viewed(found.get(personKey(person)), toContactView))
}, { cacheKeyFn: personKey })

/** The same page of many chats is one statement. */
const messagePages = ({ messages }: Reads): Loaders['messagePage'] => new DataLoader(async (keys: ReadonlyArray<MessagePageKey>) => {
  const pageOf = new Map<MessagePageKey, Page<FoundMessage>>()
  for (const alike of Map.groupBy(keys, ({ request, conditions }) => JSON.stringify([request, conditions])).values()) {
    const [one] = alike
    if (one === undefined) continue
    const pages = await answered(messages.pages(alike.map(({ chatId }) => chatId), one.request, one.conditions))
    for (const key of alike) pageOf.set(key, pages.get(key.chatId) ?? { rows: [], more: false })
  }
  return keys.map((key) => pageOf.get(key) ?? { rows: [], more: false })
}, { cacheKeyFn: (key: MessagePageKey) => JSON.stringify(key) })

const once = <A>(find: () => Found<A>): (() => Promise<A>) => {
  let found: Promise<A> | undefined
  return () => (found ??= answered(find()))
}

export const loadersOf = (reads: Reads, operations: Operations): Loaders => ({
  chat: byId(reads.chats.byIds, toChatView), message: byId(reads.messages.byIds, toMessageView),
  contact: byId(reads.contacts.byIds, toContactView),
  person: persons(reads),
  agent: byId(reads.agents.byIds, asFound), onboarding: byId(reads.onboardings.byIds, asFound), messagePage: messagePages(reads),
  totals: once(reads.company.totals), freshness: once(reads.freshness.all), ...operationLoadersOf(operations),
})
