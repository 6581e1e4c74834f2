import * as TE from 'fp-ts/lib/TaskEither.js'
import { sql, type RawBuilder } from 'kysely'
import type { AgentFinder, FoundAgent } from '../../../application/ports/agent-finder.ts'
import { byKey, present, type Nullable } from './finder-rows.ts'
import type { ReadSession } from './finder-session.ts'

type Row = Nullable<FoundAgent>

const selected = (companyId: string): RawBuilder<unknown> => sql`
  select agent_id as "agentId", status, agent_name as "agentName", host_name as "hostName", version, phone_number as "phoneNumber"
  from read.agent_board where company_id = ${companyId}`

export const postgresAgentFinder = ({ companyId, rows }: ReadSession): AgentFinder => ({
  all: (most) => TE.map((found: ReadonlyArray<Row>) => found.map((row) => present<FoundAgent>(row)))(
    rows(sql<Row>`${selected(companyId)} order by agent_id limit ${most}`)),
  byIds: (agentIds) => TE.map(byKey<FoundAgent>(({ agentId }) => agentId))(
    rows(sql<Row>`${selected(companyId)} and agent_id = any(${[...agentIds]}::text[])`)),
})
