import * as TE from 'fp-ts/lib/TaskEither.js'
import { sql, type RawBuilder } from 'kysely'
import type { FoundOnboarding, OnboardingConditions, OnboardingFinder } from '../../../application/ports/onboarding-finder.ts'
import { keysetClauses, matching, toPage } from './finder-pages.ts'
import { byKey, type Nullable } from './finder-rows.ts'
import type { ReadSession } from './finder-session.ts'

type Row = Nullable<FoundOnboarding>

const selected = (companyId: string): RawBuilder<unknown> => sql`
  select onboarding_id as "onboardingId", agent_id as "agentId", phone_number as "phoneNumber", message_id as "messageId",
    "timestamp"::float8 as "messageAt"
  from read.onboarding_list where company_id = ${companyId}`

const place = { at: sql`"timestamp"`, id: sql`onboarding_id` }

const meeting = ({ agentId, from, before }: OnboardingConditions): RawBuilder<unknown> => sql`${matching(sql`agent_id`, agentId)}
  ${from === undefined ? sql`` : sql`and "timestamp" >= ${from}::bigint`} ${before === undefined ? sql`` : sql`and "timestamp" < ${before}::bigint`}`

export const postgresOnboardingFinder = ({ companyId, rows }: ReadSession): OnboardingFinder => ({
  page: (request, conditions) => TE.map((found: ReadonlyArray<Row>) => toPage<FoundOnboarding>(request, found))(
    rows(sql<Row>`${selected(companyId)} ${meeting(conditions)} ${keysetClauses(place, request)}`)),
  count: () => TE.map(([row]: ReadonlyArray<{ readonly count: number }>) => row?.count ?? 0)(
    rows(sql<{ readonly count: number }>`select count(*)::float8 as count from read.onboarding_list where company_id = ${companyId}`)),
  byIds: (onboardingIds) => TE.map(byKey<FoundOnboarding>(({ onboardingId }) => onboardingId))(
    rows(sql<Row>`${selected(companyId)} and onboarding_id = any(${[...onboardingIds]}::text[])`)),
})
