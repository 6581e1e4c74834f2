import type { Group } from '../../../../application/ports/generations.ts'
import type { ProjectionName } from '../../../../application/projections/read-models.ts'

/** Columns of `company_totals` that a projection keeps (application/ports/company-totals.ts). */
const TOTALS: Readonly<Partial<Record<ProjectionName, ReadonlyArray<string>>>> = {
  message_timeline: ['messages'], chat_overview: ['chats', 'unread'], contact_card: ['contacts'],
}

export const totalsOf = (group: Group): ReadonlyArray<string> => group.flatMap((name) => TOTALS[name] ?? [])

/** Tables of which every schema of read models has one, whatever it holds. */
export const SHARED = ['checkpoint', 'company_totals'] as const
