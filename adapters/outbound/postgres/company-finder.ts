import * as TE from 'fp-ts/lib/TaskEither.js'
import { sql } from 'kysely'
import type { CompanyFinder } from '../../../application/ports/company-finder.ts'
import { NO_TOTALS, type CompanyTotals } from '../../../application/ports/company-totals.ts'
import type { ReadSession } from './finder-session.ts'

/** The projections keep count. */
export const postgresCompanyFinder = ({ companyId, rows }: ReadSession): CompanyFinder => ({
  totals: () => TE.map(([row]: ReadonlyArray<CompanyTotals>) => row ?? NO_TOTALS)(rows(sql<CompanyTotals>`
    select messages::float8 as messages, chats::float8 as chats, contacts::float8 as contacts, unread::float8 as unread
    from read.company_totals where company_id = ${companyId}`)),
})
