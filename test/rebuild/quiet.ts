import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

const LOOK_EVERY_MS = 300
const WITHIN_MS = 120_000
/** Looks that must say the same: policies write facts after facts. */
const SAME_TIMES = 8

/** Waits until nothing of the company changes any more, neither as it is stored nor as it is shown. */
export const quiet = async (databaseUrl: string, company: string): Promise<void> => {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  let [before, same] = ['', 0]
  try {
    for (const end = Date.now() + WITHIN_MS; same < SAME_TIMES; await sleep(LOOK_EVERY_MS)) {
      if (Date.now() > end) throw new Error(`${company} does not come to rest`)
      const { rows: [row] } = await client.query(`select (select count(*) from daisi.event_log where company_id = $1) as facts,
        (select max(updated_at) from read.message_timeline where company_id = $1) as messages,
        (select max(updated_at) from read.chat_overview where company_id = $1) as chats,
        (select max(updated_at) from read.contact_card where company_id = $1) as contacts,
        (select count(*) from read.onboarding_list where company_id = $1) as onboardings,
        (select to_jsonb(t) from read.company_totals t where company_id = $1) as totals`, [company])
      const now = JSON.stringify(row)
      same = now === before ? same + 1 : 0
      before = now
    }
  } finally {
    await client.end()
  }
}
