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

type Counted = { readonly [N in ProjectionName]: (row: ReadModels[N]) => Partial<CompanyTotals> }

const COUNTED: Counted = {
  message_timeline: (message) => (message.kind === 'recorded' ? { messages: 1 } : {}),
  chat_overview: (chat) => (chat.kind === 'opened' ? { chats: 1, unread: shownUnread(chat.heard.unread) } : {}),
  contact_card: (contact) => (contact.kind === 'known' ? { contacts: 1 } : {}),
  agent_board: () => ({}),
  onboarding_list: () => ({}),
}

/** `totals` with those of `added` put in, those of `removed` taken out. */
export const changedTotals = (totals: CompanyTotals, added: Partial<CompanyTotals>, removed: Partial<CompanyTotals>): CompanyTotals => ({
  messages: totals.messages + (added.messages ?? 0) - (removed.messages ?? 0),
  chats: totals.chats + (added.chats ?? 0) - (removed.chats ?? 0),
  contacts: totals.contacts + (added.contacts ?? 0) - (removed.contacts ?? 0),
  unread: totals.unread + (added.unread ?? 0) - (removed.unread ?? 0),
})

const isNothing = ({ messages, chats, contacts, unread }: CompanyTotals): boolean =>
  messages === 0 && chats === 0 && contacts === 0 && unread === 0

/** By how much saving `rows` changes the totals of each company; exact when it commits together with the rows. */
export const totalsChanges = <N extends ProjectionName>(
  name: N, rows: ReadonlyArray<AdvancedRow<ReadModels[N]>>,
): ReadonlyMap<CompanyId, CompanyTotals> => {
  const counted: (row: ReadModels[N]) => Partial<CompanyTotals> = COUNTED[name]
  const changes = new Map<CompanyId, CompanyTotals>()
  for (const { key: { companyId }, before, row } of rows) {
    const removed = before === undefined ? {} : counted(before)
    changes.set(companyId, changedTotals(changes.get(companyId) ?? NO_TOTALS, counted(row), removed))
  }
  return new Map([...changes].filter(([, change]) => !isNothing(change)))
}
