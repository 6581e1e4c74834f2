import { openOrm } from '../../adapters/outbound/postgres/orm.ts'
import { postgresReads } from '../../adapters/outbound/postgres/finder-reads.ts'
import type { CompanyId } from '../../domain/company.ts'
import { openApi } from '../adapters/graphql/ask-api.ts'
import { aToken } from '../support/a-token.ts'
import { sentStatements, type SentStatement } from '../support/sent-statements.ts'
import type { PageName, PageRequest } from './page-requests.ts'

/** What a page makes the service send to PostgreSQL, begin to commit, for one company. */
export interface RecordedPage { readonly company: string; readonly statements: ReadonlyArray<SentStatement> }

export type RecordedPages = Readonly<Record<PageName, RecordedPage>>

/** So that whatever is measured against the service runs the same SQL, whatever that is at the time. */
export const recordedPages = async (
  databaseUrl: string, company: CompanyId, pages: Readonly<Record<PageName, PageRequest>>,
): Promise<RecordedPages> => {
  const orm = await openOrm({ url: databaseUrl, poolSize: 1, name: 'bench-recorder' })
  const api = openApi({ openReads: postgresReads(orm) })
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${await aToken({ company })}` }
  const recorded = async ({ query, variables }: PageRequest): Promise<RecordedPage> => {
    const { statements } = await sentStatements(orm, async () => {
      const { text, codes } = await api.ask(query, variables, headers)
      if (codes.length > 0) throw new Error(`a page was refused: ${text}`)
    })
    return { company, statements }
  }
  try {
    return { inbox: await recorded(pages.inbox), timeline: await recorded(pages.timeline) }
  } finally {
    await orm.close()
  }
}
