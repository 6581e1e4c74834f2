import { INBOX_PAGE, TIMELINE_PAGE } from '../support/page-queries.ts'

export type PageName = 'inbox' | 'timeline'

export interface PageRequest { readonly query: string; readonly variables: object }

/** Of a chat that `storeMessages` gives more than fifty messages. */
export const PAGE_REQUESTS: Readonly<Record<PageName, PageRequest>> = {
  inbox: { query: INBOX_PAGE, variables: { first: 50 } },
  timeline: { query: TIMELINE_PAGE, variables: { chatId: 'chat-7', first: 50 } },
}
