import * as TE from 'fp-ts/lib/TaskEither.js'
import { sql, type RawBuilder } from 'kysely'
import type { FoundOnboarding, OnboardingConditions, OnboardingFinder } from '../../../application/ports/onboarding-finder.ts'
import { keysetClauses, matching, toPage } from './finder-pages.ts'
import { byKey, type Nullable } from './finder-rows.ts'
import type { ReadSession } from './finder-session.ts'

type Row = Nullable<FoundOnboarding>

const selected = ({ companyId, within }: ReadSession): RawBuilder<unknown> => sql`
  select onboarding_id as "onboardingId", agent_id as "agentId", phone_number as "phoneNumber", message_id as "messageId",
    "timestamp"::float8 as "messageAt"
  from read.onboarding_list where company_id = ${companyId} ${within(sql`agent_id`)}`

const place = { at: sql`"timestamp"`, id: sql`onboarding_id` }

const meeting = ({ agentId, from, before }: OnboardingConditions): RawBuilder<unknown> => sql`${matching(sql`agent_id`, agentId)}
  ${from === undefined ? sql`` : sql`and "timestamp" >= ${from}::bigint`} ${before === undefined ? sql`` : sql`and "timestamp" < ${before}::bigint`}`

export const postgresOnboardingFinder = (session: ReadSession): OnboardingFinder => ({
  page: (request, conditions) => TE.map((found: ReadonlyArray<Row>) => toPage<FoundOnboarding>(request, found))(
    session.rows(sql<Row>`${selected(session)} ${meeting(conditions)} ${keysetClauses(place, request)}`)),
  count: () => TE.map(([row]: ReadonlyArray<{ readonly count: number }>) => row?.count ?? 0)(
    session.rows(sql<{ readonly count: number }>`select count(*)::float8 as count from read.onboarding_list
      where company_id = ${session.companyId} ${session.within(sql`agent_id`)}`)),
  byIds: (onboardingIds) => TE.map(byKey<FoundOnboarding>(({ onboardingId }) => onboardingId))(
    session.rows(sql<Row>`${selected(session)} and onboarding_id = any(${[...onboardingIds]}::text[])`)),
})
