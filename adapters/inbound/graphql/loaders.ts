import DataLoader from 'dataloader'
import type { AgentView, ChatView, ContactView, MessageCriteria, MessageView, OnboardingView, PageRequest, PersonKey, Reads, Slice } from '../../../application/ports/reads.ts'
import { answered } from './errors.ts'

/** Same page, same criteria: such requests of many chats go into one statement. */
export interface MessagesRequest { readonly chatId: string; readonly page: PageRequest; readonly criteria: MessageCriteria }

export interface Loaders {
  readonly chat: DataLoader<string, ChatView | undefined>
  readonly message: DataLoader<string, MessageView | undefined>
  readonly contact: DataLoader<string, ContactView | undefined>
  readonly person: DataLoader<PersonKey, ContactView | undefined, string>
  readonly agent: DataLoader<string, AgentView | undefined>
  readonly onboarding: DataLoader<string, OnboardingView | undefined>
  readonly messagesOfChat: DataLoader<MessagesRequest, Slice<MessageView>, string>
}

/** Rows in the order of the ids that were asked for; undefined where there is none. */
const byId = <Row>(find: (ids: ReadonlyArray<string>) => Promise<ReadonlyArray<Row>>, idOf: (row: Row) => string) =>
  new DataLoader<string, Row | undefined>(async (ids) => {
    const rows = new Map((await find(ids)).map((row) => [idOf(row), row]))
    return ids.map((id) => rows.get(id))
  })

const personOf = ({ agentId, phoneNumber }: PersonKey): string => JSON.stringify([agentId, phoneNumber])
const shapeOf = ({ page, criteria }: MessagesRequest): string => JSON.stringify([page, criteria])

const EMPTY: Slice<MessageView> = { rows: [], hasMore: false }

const messagesOfChat = (reads: Reads) => new DataLoader<MessagesRequest, Slice<MessageView>, string>(async (requests) => {
  const found = new Map<string, ReadonlyMap<string, Slice<MessageView>>>()
  for (const [shape, alike] of Map.groupBy(requests, shapeOf)) {
    const [first] = alike
    if (first !== undefined) found.set(shape, await answered(reads.messagesOfChats(alike.map(({ chatId }) => chatId), first.page, first.criteria)))
  }
  return requests.map((request) => found.get(shapeOf(request))?.get(request.chatId) ?? EMPTY)
}, { cacheKeyFn: (request) => `${request.chatId} ${shapeOf(request)}` })

/** One set a request: a row asked for many times is read once, rows asked for at once are read together. */
export const loadersOf = (reads: Reads): Loaders => ({
  chat: byId((ids) => answered(reads.chatsById(ids)), ({ chatId }) => chatId),
  message: byId((ids) => answered(reads.messagesById(ids)), ({ messageId }) => messageId),
  contact: byId((ids) => answered(reads.contactsById(ids)), ({ contactId }) => contactId),
  agent: byId(() => answered(reads.agents()), ({ agentId }) => agentId),
  onboarding: byId((ids) => answered(reads.onboardingsById(ids)), ({ onboardingId }) => onboardingId),
  person: new DataLoader(async (people) => {
    const rows = new Map((await answered(reads.contactsByPerson(people))).map((row) => [personOf(row), row]))
    return people.map((person) => rows.get(personOf(person)))
  }, { cacheKeyFn: personOf }),
  messagesOfChat: messagesOfChat(reads),
})
