import type { Look } from './actual.ts'
import { placeOf } from './observation.ts'

/** What must hold in the log of facts whatever happened; each query lists what breaks it, and by how much it applied twice. */
const LAWS: ReadonlyArray<readonly [law: string, query: string]> = [
  ['versions of an aggregate run 1..n', `select company_id, kind, aggregate_id from daisi.event_log group by 1, 2, 3
    having min(aggregate_version) <> 1 or max(aggregate_version) <> count(*) or count(distinct aggregate_version) <> count(*)`],
  ['one cause leads to a fact once', `select company_id, kind, aggregate_id, type, cause_stream, cause_sequence, cause_item
    from daisi.event_log group by 1, 2, 3, 4, 5, 6, 7 having count(*) > 1`],
  ['an entity begins once', `select company_id, kind, aggregate_id, type from daisi.event_log
    where type in ('MessageRecorded', 'ChatOpened', 'ContactRecorded', 'AgentRegistered', 'OnboardingLogged')
    group by 1, 2, 3, 4 having count(*) > 1`],
  ['a state is as old as its facts', `select l.company_id, l.kind, l.aggregate_id
    from (select company_id, kind, aggregate_id, max(aggregate_version) as version from daisi.event_log group by 1, 2, 3) l
    left join (select company_id, 'message' as kind, message_id as id, row_version as version from daisi.messages
      union all select company_id, 'chat', chat_id, row_version from daisi.chats
      union all select company_id, 'contact', id, row_version from daisi.contacts
      union all select company_id, 'alias', alias, row_version from daisi.contact_aliases
      union all select company_id, 'agent', agent_id, row_version from daisi.agents
      union all select company_id, 'onboarding', onboarding_id, row_version from daisi.onboarding_log
      union all select company_id, 'sync', agent_id, row_version from daisi.post_scan_syncs
      union all select company_id, kind, aggregate_id, row_version from daisi.early_facts) s
      on s.company_id = l.company_id and s.kind = l.kind and s.id = l.aggregate_id
    where s.version is distinct from l.version`],
]

export interface LogVerdict { readonly problems: ReadonlyArray<string>; readonly appliedTwice: number }

/** Facts are caused by accepted events only, never by one that is among the failures as a whole. */
const strangeCauses = async ({ rows }: Look, places: ReadonlySet<string>, refused: ReadonlySet<string>): Promise<ReadonlyArray<string>> => {
  const causes = await rows<{ readonly stream: string; readonly sequence: string }>(
    `select distinct cause_stream as stream, cause_sequence::text as sequence from daisi.event_log where cause_stream not like 'policy:%'`)
  return causes.map(({ stream, sequence }) => placeOf({ stream, sequence: Number(sequence) }))
    .filter((place) => !places.has(place) || refused.has(place)).map((place) => `facts are caused by ${place}, which is not accepted and applied`)
}

const MOST_EXAMPLES = 3

/** `places` are all accepted events, `refused` those of which nothing may be applied. */
export const logVerdict = async (look: Look, places: ReadonlySet<string>, refused: ReadonlySet<string>): Promise<LogVerdict> => {
  const problems: string[] = [...await strangeCauses(look, places, refused)]
  let appliedTwice = 0
  for (const [law, query] of LAWS) {
    const broken = await look.rows<object>(query)
    appliedTwice += broken.length
    for (const one of broken.slice(0, MOST_EXAMPLES)) problems.push(`law broken: ${law}: ${JSON.stringify(one)} (${broken.length} in all)`)
  }
  return { problems, appliedTwice }
}
