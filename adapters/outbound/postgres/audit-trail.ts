import type { MikroORM } from '@mikro-orm/postgresql'
import { sql } from 'kysely'
import type { AuditTrail, FoundAuditEntry } from '../../../application/ports/operator-desk.ts'
import { instant, keysetClauses, micros, toPage, type Keyset } from './finder-pages.ts'
import { looking, type OperatorScope } from './operator-scope.ts'

const latest: Keyset = { at: sql`a.at`, id: sql`a.id`, place: ({ at, id }) => sql`(${instant(at)}, ${id}::bigint)` }

export const postgresAuditTrail = (orm: MikroORM, scope: OperatorScope): AuditTrail => ({
  page: (request) => looking(orm, scope, async (tx) => toPage<FoundAuditEntry>(request, (await sql<FoundAuditEntry>`
    select a.id::float8 as id, a.company_id as "companyId", ${micros(sql`a.at`)} as at, a.actor, a.action, a.target, a.outcome, a.details
    from daisi.operator_audit a where true ${keysetClauses(latest, request)}`.execute(tx)).rows)),
})
