import Table from 'cli-table3'
import colors from 'picocolors'
import type { Totals } from './demo-query.ts'

/** What is stored, as the read side tells it. */
export const printStored = ({ chatCount, messageCount, unreadCount, contacts, agents, onboardings }: Totals,
  out: NodeJS.WriteStream): void => {
  const table = new Table({ head: ['stored', 'rows'], colAligns: ['left', 'right'], style: { head: [], border: [] } })
  table.push(['chats', chatCount], ['messages', messageCount], ['unread', unreadCount], ['contacts', contacts], ['agents', agents],
    ['onboardings', onboardings])
  out.write(`\n${table.toString()}\n`)
}

export const printAnswer = ({ query, answer }: { readonly query: string; readonly answer: string }, out: NodeJS.WriteStream): void => {
  out.write(`\n${colors.dim(query)}\n${answer}\n`)
}
