import * as TE from 'fp-ts/lib/TaskEither.js'
import { sql, type RawBuilder } from 'kysely'
import { personKey, type ContactConditions, type ContactFinder, type FoundContact } from '../../../application/ports/contact-finder.ts'
import { keysetClauses, matching, toPage } from './finder-pages.ts'
import { byKey, type Nullable } from './finder-rows.ts'
import type { ReadSession } from './finder-session.ts'

type Row = Nullable<FoundContact>

const columns = sql`k.contact_id as "contactId", k.agent_id as "agentId", k.phone_number as "phoneNumber", k.chat_id as "chatId", k.type,
  k.custom_name as "customName", k.push_name as "pushName", k.notes, k.tags, k.avatar, k.assigned_to as "assignedTo", k.pob, k.dob::text as dob,
  k.gender, k.origin, k.status, k.first_message_id as "firstMessageId", k.first_message_timestamp::float8 as "firstMessageAt"`

const selected = ({ companyId, within }: ReadSession): RawBuilder<unknown> =>
  sql`select ${columns} from read.contact_card k where k.company_id = ${companyId} ${within(sql`k.agent_id`)}`

const place = { at: sql`coalesce(k.first_message_timestamp, 0)`, id: sql`k.contact_id` }

const meeting = ({ agentId, assignedTo, type, status }: ContactConditions): RawBuilder<unknown> => sql`
  ${matching(sql`k.agent_id`, agentId)} ${matching(sql`k.assigned_to`, assignedTo)} ${matching(sql`k.type`, type)} ${matching(sql`k.status`, status)}`

export const postgresContactFinder = (session: ReadSession): ContactFinder => ({
  page: (request, conditions) => TE.map((found: ReadonlyArray<Row>) => toPage<FoundContact>(request, found))(
    session.rows(sql<Row>`${selected(session)} ${meeting(conditions)} ${keysetClauses(place, request)}`)),
  byIds: (contactIds) => TE.map(byKey<FoundContact>(({ contactId }) => contactId))(
    session.rows(sql<Row>`${selected(session)} and k.contact_id = any(${[...contactIds]}::text[])`)),
  byPersons: (persons) => TE.map(byKey<FoundContact>(({ agentId = '', phoneNumber = '' }) => personKey({ agentId, phoneNumber })))(
    session.rows(sql<Row>`select ${columns}
      from unnest(${persons.map(({ agentId }) => agentId)}::text[], ${persons.map(({ phoneNumber }) => phoneNumber)}::text[]) as p(agent_id, phone_number)
      join read.contact_card k on k.company_id = ${session.companyId}
        and k.agent_id = p.agent_id and k.phone_number = p.phone_number ${session.within(sql`k.agent_id`)}`)),
})
