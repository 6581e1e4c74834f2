import * as TE from 'fp-ts/lib/TaskEither.js'
import { sql, type RawBuilder } from 'kysely'
import type { AgentFinder, FoundAgent } from '../../../application/ports/agent-finder.ts'
import { byKey, present, type Nullable } from './finder-rows.ts'
import type { ReadSession } from './finder-session.ts'

type Row = Nullable<FoundAgent>

const selected = ({ companyId, within }: ReadSession): RawBuilder<unknown> => sql`
  select agent_id as "agentId", status, agent_name as "agentName", host_name as "hostName", version, phone_number as "phoneNumber"
  from read.agent_board where company_id = ${companyId} ${within(sql`agent_id`)}`

export const postgresAgentFinder = (session: ReadSession): AgentFinder => ({
  all: (most) => TE.map((found: ReadonlyArray<Row>) => found.map((row) => present<FoundAgent>(row)))(
    session.rows(sql<Row>`${selected(session)} order by agent_id limit ${most}`)),
  byIds: (agentIds) => TE.map(byKey<FoundAgent>(({ agentId }) => agentId))(
    session.rows(sql<Row>`${selected(session)} and agent_id = any(${[...agentIds]}::text[])`)),
})
