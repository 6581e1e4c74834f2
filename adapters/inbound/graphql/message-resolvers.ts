import type { MessageResolvers } from './generated/resolver-types.ts'
import { globalId } from './global-id.ts'
import { toDate, toJson } from './values.ts'

export const messageResolvers: MessageResolvers = {
  id: ({ messageId }) => globalId('Message', messageId),
  chat: async ({ chatId }, _, { loaders }) => (await loaders.chat.load(chatId)) ?? null,
  mediaType: ({ mediaUrl, type }) => (mediaUrl === undefined ? null : type ?? null),
  sentAt: ({ sentAt }) => toDate(sentAt),
  editedAt: ({ editedAt }) => (editedAt === undefined ? null : toDate(editedAt)),
  editedContent: ({ editedContent }) => (editedContent === undefined ? null : toJson(editedContent)),
  content: ({ content }) => (content === undefined ? null : toJson(content)),
}
