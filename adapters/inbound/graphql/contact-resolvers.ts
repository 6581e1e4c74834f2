import { given, toDate } from './conditions.ts'
import { toConnection } from './connection.ts'
import type { Resolvers } from './generated/resolver-types.ts'
import { toGlobalId } from './global-id.ts'
import { pageRequest } from './page.ts'
import { answered } from './refusals.ts'

const LIST = 'Query.contacts by latest first message'

const toTags = (list: string | undefined): ReadonlyArray<string> =>
  (list ?? '').split(',').map((tag) => tag.trim()).filter((tag) => tag !== '')

export const contactResolvers = {
  Query: {
    contacts: async (_, { filter, ...args }, { reads, cursors, load, agents }) => {
      const conditions = given(filter)
      const request = pageRequest(args, (cursor) => cursors.decode(LIST, cursor))
      return toConnection(await answered(reads.contacts.page(request, conditions)), request, {
        placeOf: ({ firstMessageAt, contactId }) => ({ at: firstMessageAt ?? 0, id: contactId }),
        cursorOf: (place) => cursors.encode(LIST, place),
        total: async () => (agents !== undefined || Object.keys(conditions).length > 0 ? null : (await load.totals()).contacts),
      })
    },
    contact: async (_, { agentId, phoneNumber }, { load }) => (await load.person.load({ agentId, phoneNumber })) ?? null,
  },
  Contact: {
    id: ({ contactId }) => toGlobalId('Contact', contactId),
    tags: ({ tags }) => toTags(tags),
    chat: async ({ chatId }, _, { load }) => (chatId === undefined ? null : (await load.chat.load(chatId)) ?? null),
    firstMessage: async ({ firstMessageId }, _, { load }) =>
      (firstMessageId === undefined ? null : (await load.message.load(firstMessageId)) ?? null),
    firstMessageAt: ({ firstMessageAt }) => (firstMessageAt === undefined ? null : toDate(firstMessageAt)),
  },
  ContactConnection: { totalCount: ({ total }) => total() },
} satisfies Resolvers
