import * as TE from 'fp-ts/lib/TaskEither.js'
import { sql } from 'kysely'
import type { CompanyFinder, CompanyTotals } from '../../../application/ports/company-finder.ts'
import type { ReadSession } from './finder-session.ts'

/** Chats are counted along the partial index; messages, which may be many more, by the projection (read.company_totals). */
export const postgresCompanyFinder = ({ companyId, rows }: ReadSession): CompanyFinder => ({
  totals: () => TE.map(([row]: ReadonlyArray<CompanyTotals>) => row ?? { chats: 0, messages: 0, unread: 0 })(rows(sql<CompanyTotals>`
    select count(*)::float8 as chats, coalesce(sum(unread_count), 0)::float8 as unread,
      coalesce((select messages from read.company_totals where company_id = ${companyId}), 0)::float8 as messages
    from read.chat_overview where company_id = ${companyId} and visible`)),
})
