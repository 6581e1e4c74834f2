import type { CompanyId } from '../../domain/company.ts'
import { shownUnread } from '../../domain/chat/unread.ts'
import type { ProjectionName, ReadModels } from '../projections/read-models.ts'
import type { AdvancedRow } from './read-model-store.ts'

/** What a company has in all; each number belongs to one projection. */
export interface CompanyTotals {
  readonly messages: number
  readonly chats: number
  readonly contacts: number
  readonly unread: number
}

export const NO_TOTALS: CompanyTotals = { messages: 0, chats: 0, contacts: 0, unread: 0 }

type Counted = { readonly [N in ProjectionName]: (row: ReadModels[N]) => CompanyTotals }

const COUNTED: Counted = {
  message_timeline: (message) => (message.kind === 'recorded' ? { ...NO_TOTALS, messages: 1 } : NO_TOTALS),
  chat_overview: (chat) => (chat.kind === 'opened' ? { ...NO_TOTALS, chats: 1, unread: shownUnread(chat.heard.unread) } : NO_TOTALS),
  contact_card: (contact) => (contact.kind === 'known' ? { ...NO_TOTALS, contacts: 1 } : NO_TOTALS),
  agent_board: () => NO_TOTALS,
  onboarding_list: () => NO_TOTALS,
}

const summed = (a: CompanyTotals, b: CompanyTotals, sign: 1 | -1): CompanyTotals => ({
  messages: a.messages + sign * b.messages, chats: a.chats + sign * b.chats, contacts: a.contacts + sign * b.contacts,
  unread: a.unread + sign * b.unread,
})

/** `totals` with those of `added` put in, those of `removed` taken out. */
export const changedTotals = (totals: CompanyTotals, added: CompanyTotals, removed: CompanyTotals): CompanyTotals =>
  summed(summed(totals, added, 1), removed, -1)

const isNothing = ({ messages, chats, contacts, unread }: CompanyTotals): boolean =>
  messages === 0 && chats === 0 && contacts === 0 && unread === 0

/** By how much saving `rows` changes the totals of each company; exact when it commits together with the rows. */
export const totalsChanges = <N extends ProjectionName>(
  name: N, rows: ReadonlyArray<AdvancedRow<ReadModels[N]>>,
): ReadonlyMap<CompanyId, CompanyTotals> => {
  const counted: (row: ReadModels[N]) => CompanyTotals = COUNTED[name]
  const changes = new Map<CompanyId, CompanyTotals>()
  for (const { key: { companyId }, before, row } of rows) {
    const removed = before === undefined ? NO_TOTALS : counted(before)
    changes.set(companyId, changedTotals(changes.get(companyId) ?? NO_TOTALS, counted(row), removed))
  }
  return new Map([...changes].filter(([, change]) => !isNothing(change)))
}
