import { message } from '../../domain/message/decide.ts'
import type { Projection } from './projection.ts'

/** Messages by time. What came before a message is in its first fact, so earlier facts show nothing. */
export const messageTimeline: Projection<'message_timeline'> = {
  name: 'message_timeline', kind: 'message',
  evolve: (row, fact) => {
    if (fact.kind !== 'message' || (row === undefined && fact.event.type !== 'MessageRecorded')) return row
    return message.evolve(row ?? message.initial, fact.event)
  },
}
