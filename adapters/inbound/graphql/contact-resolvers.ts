import { given } from './conditions.ts'
import { toConnection } from './connection.ts'
import type { Resolvers } from './generated/resolver-types.ts'
import { pageRequest } from './page.ts'
import { answered } from './refusals.ts'
import { toContactView } from './views.ts'

const LIST = 'Query.contacts by latest first message'

export const contactResolvers = {
  Query: {
    contacts: async (_, { filter, ...args }, { reads, cursors, load, agents }) => {
      const conditions = given(filter)
      const request = pageRequest(args, (cursor) => cursors.decode(LIST, cursor))
      return toConnection(await answered(reads.contacts.page(request, conditions)), request, {
        viewOf: toContactView,
        placeOf: ({ firstMessageAt, contactId }) => ({ at: firstMessageAt ?? 0, id: contactId }),
        cursorOf: (place) => cursors.encode(LIST, place),
        total: async () => (agents !== undefined || Object.keys(conditions).length > 0 ? null : (await load.totals()).contacts),
      })
    },
    contact: (_, { agentId, phoneNumber }, { load }) => load.person.load({ agentId, phoneNumber }),
  },
  Contact: {
    chat: ({ chatId }, _, { load }) => (chatId === undefined ? null : load.chat.load(chatId)),
    firstMessage: ({ firstMessageId }, _, { load }) => (firstMessageId === undefined ? null : load.message.load(firstMessageId)),
  },
  ContactConnection: { totalCount: ({ total }) => total() },
} satisfies Resolvers
