/** A page of the inbox, with what a list of chats shows: names, last message, contact. Variables: `first`, `after`. */
export const INBOX_PAGE = `query Inbox($first: Int!, $after: String) {
  chats(first: $first, after: $after) {
    edges { cursor node {
      id chatId displayName isGroup assignedTo unreadCount lastActivityAt
      lastMessage { id flow type text status sentAt }
      contact { id customName phoneNumber tags }
    } }
    pageInfo { hasNextPage endCursor }
  }
}`

/** A page of one chat's messages. Variables: `chatId`, `first`, `after`. */
export const TIMELINE_PAGE = `query Timeline($chatId: ID!, $first: Int!, $after: String) {
  chat(chatId: $chatId) {
    id
    messages(first: $first, after: $after) {
      edges { cursor node { id messageId flow fromPhone toPhone type text mediaUrl status failed isDeleted sentAt editedAt } }
      pageInfo { hasNextPage endCursor }
    }
  }
}`
