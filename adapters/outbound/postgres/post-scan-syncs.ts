import type { MikroORM } from '@mikro-orm/postgresql'
import { sql } from 'kysely'
import type { DueSync, PostScanSyncs, ScannedContact } from '../../../application/ports/post-scan-syncs.ts'
import type { Clock as DomainClock } from '../../../domain/clock.ts'
import type { CompanyId } from '../../../domain/company.ts'
import type { ContactId } from '../../../domain/contact/contact.ts'
import type { SyncId } from '../../../domain/sync/sync.ts'
import type { EpochSeconds } from '../../../domain/time.ts'
import { Clock } from '../../../schemas/events/clock.ts'
import { attemptOwn } from './attempt.ts'
import { decoded } from './decoded.ts'
import { asWriter, type Database } from './in-role.ts'

interface DueRow { readonly company_id: CompanyId; readonly agent_id: SyncId; readonly due: string; readonly resume_after: string | null }

const toDue = ({ company_id, agent_id, due, resume_after }: DueRow): DueSync => ({
  companyId: company_id, agentId: agent_id, dueAt: Number(due) as EpochSeconds, ...(resume_after === null ? {} : { after: resume_after }) })

/** A row that somebody is claiming is passed over, not waited for. */
const claimOne = async (tx: Database, leaseMs: number): Promise<DueSync | undefined> => {
  const { rows: [row] } = await sql<DueRow>`update daisi.post_scan_syncs s
    set leased_until = now() + ${leaseMs}::integer * interval '1 millisecond'
    from (select company_id, agent_id from daisi.post_scan_syncs
      where done_at is null and due_at <= now() and (leased_until is null or leased_until <= now())
      order by coalesce(leased_until, due_at), company_id, agent_id limit 1 for update skip locked) as next
    where s.company_id = next.company_id and s.agent_id = next.agent_id
    returning s.company_id, s.agent_id, extract(epoch from s.due_at)::bigint as due, s.resume_after`.execute(tx)
  return row === undefined ? undefined : toDue(row)
}

interface ScannedRow {
  readonly id: ContactId
  readonly phone_number: string
  readonly message_id: string | null
  /** JSON of the clock as the column `merge` holds it. */
  readonly clock: string | null
}

const toScanned = ({ id, phone_number, message_id, clock }: ScannedRow): ScannedContact => {
  const contact = { contactId: id, phoneNumber: phone_number }
  if (message_id === null || clock === null) return contact
  return { ...contact, oldest: { messageId: message_id, firstSeen: decoded<DomainClock>(Clock, JSON.parse(clock)) } }
}

/** Set-based: one look into the index `messages_oldest_incoming` a contact. Message ids compare by code point, as in the domain. */
const scanPage = async (tx: Database, { companyId, agentId, after }: DueSync, limit: number): Promise<ReadonlyArray<ScannedContact>> => {
  const { rows } = await sql<ScannedRow>`select c.id, c.phone_number, m.message_id, m.clock
    from (select id, phone_number from daisi.contacts
      where company_id = ${companyId} and agent_id = ${agentId} and phone_number > ${after ?? ''} order by phone_number limit ${limit}) as c
    left join lateral (select message_id, (merge -> 'f')::text as clock from daisi.messages
      where company_id = ${companyId} and agent_id = ${agentId} and from_phone = c.phone_number and flow = 'IN'
      order by first_seen, message_id collate "C" limit 1) as m on true
    order by c.phone_number`.execute(tx)
  return rows.map(toScanned)
}

export const postgresPostScanSyncs = (orm: MikroORM): PostScanSyncs => ({
  claim: (companies, leaseMs) => attemptOwn(() => asWriter(orm, companies, (tx) => claimOne(tx, leaseMs))),
  scan: (sync, limit) => attemptOwn(() => asWriter(orm, [sync.companyId], (tx) => scanPage(tx, sync, limit))),
  advance: ({ companyId, agentId, dueAt, after: before }, after) => attemptOwn(() => asWriter(orm, [companyId], async (tx) => {
    const { numAffectedRows } = await sql`update daisi.post_scan_syncs
      set resume_after = ${after ?? null}::text, leased_until = now(), done_at = case when ${after === undefined} then now() end
      where company_id = ${companyId} and agent_id = ${agentId} and due_at = to_timestamp(${dueAt}) and done_at is null
        and resume_after is not distinct from ${before ?? null}::text`.execute(tx)
    return numAffectedRows === 1n
  })),
})
