import { chat } from '../../domain/chat/decide.ts'
import type { Projection } from './projection.ts'

/** Chats by last activity. The last message is the store's to find: it spans aggregates (ADR 0009). */
export const chatOverview: Projection<'chat_overview'> = {
  name: 'chat_overview', kind: 'chat',
  evolve: (row, fact) => {
    if (fact.kind !== 'chat' || (row === undefined && fact.event.type !== 'ChatOpened')) return row
    return chat.evolve(row ?? chat.initial, fact.event)
  },
}
