import type { MikroORM } from '@mikro-orm/postgresql'
import { sql, type Kysely } from 'kysely'

export type Database = Kysely<unknown>

/** Timeouts and rights of a process; under `set role` a role's own settings do not apply, so they are set per transaction. */
interface RoleSettings { readonly role: string; readonly statementMs: number; readonly readOnly: boolean; readonly synchronousCommit: 'on' | 'off' }

const WRITER: RoleSettings = { role: 'daisi_writer', statementMs: 20_000, readOnly: false, synchronousCommit: 'on' }
/** A projection can be done again from the log, so its commits need not wait for the disk (reliability 5.2). */
const PROJECTOR: RoleSettings = { role: 'daisi_projector', statementMs: 60_000, readOnly: false, synchronousCommit: 'off' }
const FOLLOWER: RoleSettings = { ...PROJECTOR, readOnly: true }
const READER: RoleSettings = { role: 'daisi_reader', statementMs: 5_000, readOnly: true, synchronousCommit: 'off' }

const LOCK_TIMEOUT_MS = 10_000
const IDLE_TIMEOUT_MS = 10_000

interface Companies { readonly variable: 'app.company_id' | 'app.company_ids'; readonly value: string }

/**
 * The one place that sets role, company and limits; all of it ends with the transaction (reliability 4.4). One round trip.
 * Nothing here takes a transaction id.
 */
const enter = async (tx: Database, { role, statementMs, readOnly, synchronousCommit }: RoleSettings, { variable, value }: Companies): Promise<void> => {
  await sql`select set_config('statement_timeout', ${`${statementMs}ms`}, true), set_config('lock_timeout', ${`${LOCK_TIMEOUT_MS}ms`}, true),
    set_config('idle_in_transaction_session_timeout', ${`${IDLE_TIMEOUT_MS}ms`}, true), set_config('synchronous_commit', ${synchronousCommit}, true),
    set_config('transaction_read_only', ${readOnly ? 'on' : 'off'}, true), set_config(${variable}, ${value}, true), set_config('role', ${role}, true)`.execute(tx)
}

const inRole = <A>(orm: MikroORM, settings: RoleSettings, companies: Companies, work: (tx: Database) => Promise<A>): Promise<A> =>
  orm.em.fork().transactional(async (em) => {
    const tx = em.getKysely<unknown>()
    await enter(tx, settings, companies)
    return work(tx)
  })

/** Companies are separated by commas, which no valid id contains. */
export const asWriter = <A>(orm: MikroORM, companyIds: ReadonlyArray<string>, work: (tx: Database) => Promise<A>): Promise<A> =>
  inRole(orm, WRITER, { variable: 'app.company_ids', value: companyIds.join(',') }, work)

export const asProjector = <A>(orm: MikroORM, work: (tx: Database) => Promise<A>): Promise<A> =>
  inRole(orm, PROJECTOR, { variable: 'app.company_ids', value: '' }, work)

/** Reads the log of all companies. */
export const asFollower = <A>(orm: MikroORM, work: (tx: Database) => Promise<A>): Promise<A> =>
  inRole(orm, FOLLOWER, { variable: 'app.company_ids', value: '' }, work)

/** One company's read models and nothing else, in a transaction that is already begun. */
export const enterAsReader = (tx: Database, companyId: string): Promise<void> =>
  enter(tx, READER, { variable: 'app.company_id', value: companyId })
