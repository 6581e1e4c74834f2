import type { MikroORM } from '@mikro-orm/postgresql'
import { sql } from 'kysely'
import type { OpenReads, ProjectionProgress, Reads, Totals } from '../../../application/ports/reads.ts'
import { attemptOwn } from './attempt.ts'
import { chatFinder, messageFinder } from './chat-finder.ts'
import { contactFinder, onboardingFinder } from './contact-finder.ts'
import { readsTransaction, type ReadsTransaction } from './reads-transaction.ts'

interface CheckpointRow { readonly name: string; readonly epoch: number; readonly xid: string; readonly seq: string; readonly fact_at: number | null }

const toProgress = ({ name, epoch, xid, seq, fact_at }: CheckpointRow): ProjectionProgress =>
  ({ name, position: { epoch, xid: Number(xid), seq: Number(seq) }, ...(fact_at === null ? {} : { factAtMs: fact_at }) })

const NOTHING: Totals = { chats: 0, messages: 0, unread: 0, contacts: 0, onboardings: 0 }

const totalsFinder = ({ run }: ReadsTransaction): Pick<Reads, 'totals' | 'progress'> => ({
  totals: () => attemptOwn(() => run(async (tx) => (await sql<Totals>`select
      (select count(*) from read.chat_overview where visible)::float8 as chats, coalesce((select messages from read.company_totals), 0)::float8 as messages,
      coalesce((select sum(unread_count) from read.chat_overview where visible), 0)::float8 as unread,
      (select count(*) from read.contact_card)::float8 as contacts, (select count(*) from read.onboarding_list)::float8 as onboardings`.execute(tx)).rows[0] ?? NOTHING)),
  progress: () => attemptOwn(() => run(async (tx) => (await sql<CheckpointRow>`select name, epoch, xid, seq, (extract(epoch from fact_at) * 1000)::float8 as fact_at
      from read.checkpoint order by name`.execute(tx)).rows.map(toProgress))),
})

/** Row-level security does the filtering by company: the transaction knows of no other (design 6). */
export const postgresReads = (orm: MikroORM): OpenReads => (companyId) => {
  const transaction = readsTransaction(orm, companyId)
  return {
    ...chatFinder(transaction), ...messageFinder(transaction), ...contactFinder(transaction), ...onboardingFinder(transaction), ...totalsFinder(transaction),
    close: transaction.close,
  }
}
