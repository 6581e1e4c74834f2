import colors from 'picocolors'
import type { Company, RateLimit } from '../../../../application/ports/companies.ts'
import { tableOf } from '../dlq/tables.ts'

const PAINT: Readonly<Record<Company['status'], (text: string) => string>> = { active: colors.green, suspended: colors.yellow }

const limitText = (limit: RateLimit | undefined): string => (limit === undefined ? '' : `${limit.perSecond}/s, burst ${limit.burst}`)

export const companyTable = (companies: ReadonlyArray<Company>): string =>
  tableOf(['company', 'status', 'weight', 'realtime limit', 'history limit'], companies.map(({ companyId, status, weight, limits }) =>
    [companyId, PAINT[status](status), weight, limitText(limits.realtime), limitText(limits.history)]))
