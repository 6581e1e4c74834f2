import DataLoader from 'dataloader'
import type { FoundAgent } from '../../../application/ports/agent-finder.ts'
import type { FoundChat } from '../../../application/ports/chat-finder.ts'
import { personKey, type FoundContact, type Person } from '../../../application/ports/contact-finder.ts'
import type { Found, Page, PageRequest } from '../../../application/ports/finder-page.ts'
import type { Reads } from '../../../application/ports/finders.ts'
import type { FoundMessage, MessageConditions } from '../../../application/ports/message-finder.ts'
import type { FoundOnboarding } from '../../../application/ports/onboarding-finder.ts'
import { answered } from './errors.ts'

/** Same page, same conditions: such requests of many chats go into one statement. */
export interface MessagesRequest { readonly chatId: string; readonly page: PageRequest; readonly conditions: MessageConditions }

export interface Loaders {
  readonly chat: DataLoader<string, FoundChat | undefined>
  readonly message: DataLoader<string, FoundMessage | undefined>
  readonly contact: DataLoader<string, FoundContact | undefined>
  readonly person: DataLoader<Person, FoundContact | undefined, string>
  readonly agent: DataLoader<string, FoundAgent | undefined>
  readonly onboarding: DataLoader<string, FoundOnboarding | undefined>
  readonly messagesOfChat: DataLoader<MessagesRequest, Page<FoundMessage>, string>
}

/** Rows in the order of the ids that were asked for; undefined where there is none. */
const byId = <Row>(find: (ids: ReadonlyArray<string>) => Found<ReadonlyMap<string, Row>>) =>
  new DataLoader<string, Row | undefined>(async (ids) => {
    const rows = await answered(find(ids))
    return ids.map((id) => rows.get(id))
  })

const shapeOf = ({ page, conditions }: MessagesRequest): string => JSON.stringify([page, conditions])

const EMPTY: Page<FoundMessage> = { rows: [], more: false }

const messagesOfChat = ({ messages }: Reads) => new DataLoader<MessagesRequest, Page<FoundMessage>, string>(async (requests) => {
  const found = new Map<string, ReadonlyMap<string, Page<FoundMessage>>>()
  for (const [shape, alike] of Map.groupBy(requests, shapeOf)) {
    const [first] = alike
    if (first !== undefined) found.set(shape, await answered(messages.pages(alike.map(({ chatId }) => chatId), first.page, first.conditions)))
  }
  return requests.map((request) => found.get(shapeOf(request))?.get(request.chatId) ?? EMPTY)
}, { cacheKeyFn: (request) => `${request.chatId} ${shapeOf(request)}` })

/** One set a request: a row asked for many times is read once, rows asked for at once are read together. */
export const loadersOf = (reads: Reads): Loaders => ({
  chat: byId(reads.chats.byIds), message: byId(reads.messages.byIds), contact: byId(reads.contacts.byIds), agent: byId(reads.agents.byIds),
  onboarding: byId(reads.onboardings.byIds), messagesOfChat: messagesOfChat(reads),
  person: new DataLoader(async (people) => {
    const rows = await answered(reads.contacts.byPersons(people))
    return people.map((person) => rows.get(personKey(person)))
  }, { cacheKeyFn: personKey }),
})
