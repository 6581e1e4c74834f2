import type { MikroORM } from '@mikro-orm/postgresql'
import { sql, type Kysely, type RawBuilder } from 'kysely'

export type Database = Kysely<unknown>

/** Timeouts and rights of a process; under `set role` a role's own settings do not apply, so they are set per transaction. */
interface RoleSettings {
  readonly role: string
  readonly statementMs: number
  readonly readOnly: boolean
  readonly synchronousCommit: 'on' | 'off'
  readonly seqScan: 'on' | 'off'
}

/** Statement timeouts: reliability 5.2; an event log page is small, and so is a projection's. */
const WRITER: RoleSettings = { role: 'daisi_writer', statementMs: 10_000, readOnly: false, synchronousCommit: 'on', seqScan: 'on' }
/** Finds rows by their keys only: of a table that is small or not analysed yet, PostgreSQL else reads all for each batch (ADR 0019). */
const BATCH: RoleSettings = { ...WRITER, seqScan: 'off' }
const OPERATOR: RoleSettings = { ...WRITER, role: 'daisi_ops' }
/** A projection can be done again from the log, so its commits need not wait for the disk (reliability 5.2). */
const PROJECTOR: RoleSettings = { role: 'daisi_projector', statementMs: 20_000, readOnly: false, synchronousCommit: 'off', seqScan: 'on' }
const FOLLOWER: RoleSettings = { ...PROJECTOR, statementMs: 10_000, readOnly: true }
/** Makes, exchanges and compares tables; a comparison of millions of rows has no limit. */
const OWNER: RoleSettings = { role: 'daisi_owner', statementMs: 0, readOnly: false, synchronousCommit: 'on', seqScan: 'on' }
const READER: RoleSettings = { role: 'daisi_reader', statementMs: 5_000, readOnly: true, synchronousCommit: 'off', seqScan: 'on' }

const LOCK_TIMEOUT_MS = 5_000
/** One writer that idles in a transaction stops every reader of the log (reliability M18). */
const IDLE_TIMEOUT_MS = 10_000
/** How soon the server ends a statement whose client is gone. */
const CLIENT_CHECK_MS = 1_000

/** Our statements name their schemas: nothing that somebody else made is taken for ours (reliability 4.3). */
const SEARCH_PATH = 'pg_catalog, pg_temp'

/** What the policies of row-level security look at (migrations/write-side-protection.ts). */
interface Scope { readonly variable: 'app.company_id' | 'app.company_ids' | 'app.every_company'; readonly value: string }

/** Companies are separated by commas, which no valid id contains. */
const batch = (companyIds: ReadonlyArray<string>): Scope => ({ variable: 'app.company_ids', value: companyIds.join(',') })
const EVERY: Scope = { variable: 'app.every_company', value: 'on' }

/**
 * The one place that sets role, company and limits; all of it ends with the transaction (reliability 4.4). One round trip.
 * Nothing here takes a transaction id.
 */
const entry = (
  { role, statementMs, readOnly, synchronousCommit, seqScan }: RoleSettings, { variable, value }: Scope,
): RawBuilder<unknown> => sql`select set_config('statement_timeout', ${`${statementMs}ms`}, true),
    set_config('lock_timeout', ${`${LOCK_TIMEOUT_MS}ms`}, true),
    set_config('idle_in_transaction_session_timeout', ${`${IDLE_TIMEOUT_MS}ms`}, true),
    set_config('client_connection_check_interval', ${`${CLIENT_CHECK_MS}ms`}, true),
    set_config('synchronous_commit', ${synchronousCommit}, true), set_config('enable_seqscan', ${seqScan}, true),
    set_config('transaction_read_only', ${readOnly ? 'on' : 'off'}, true), set_config('search_path', ${SEARCH_PATH}, true),
    set_config(${variable}, ${value}, true), set_config('role', ${role}, true)`

const enter = async (tx: Database, settings: RoleSettings, scope: Scope): Promise<void> => {
  await entry(settings, scope).execute(tx)
}

type Work<A> = (tx: Database) => Promise<A>

/**
 * Not `em.transactional`: where begin, commit or rollback fails because the connection is lost, it never gives the
 * connection back, and a few outages later the pool is empty for good (measured, MikroORM 7.2.1).
 */
export const inTransaction = <A>(orm: MikroORM, work: Work<A>): Promise<A> =>
  orm.em.fork().getKysely<unknown>().transaction().execute(work)

const inRole = <A>(orm: MikroORM, settings: RoleSettings, scope: Scope, work: Work<A>): Promise<A> =>
  inTransaction(orm, async (tx) => {
    await enter(tx, settings, scope)
    return work(tx)
  })

/** Makes and exchanges tables; for the login of migrations. */
export const asOwner = <A>(orm: MikroORM, work: Work<A>): Promise<A> => inRole(orm, OWNER, batch([]), work)

/** Looks at all rows of all companies as they are when it begins, however long it looks; for the login of migrations. */
export const asOwnerLooking = <A>(orm: MikroORM, work: Work<A>): Promise<A> =>
  orm.em.fork().getKysely<unknown>().transaction().setIsolationLevel('repeatable read').execute(async (tx) => {
    await enter(tx, { ...OWNER, readOnly: true }, batch([]))
    return work(tx)
  })

/** How long the next statements of this transaction may wait for a lock. */
export const waitAtMost = async (tx: Database, ms: number): Promise<void> => {
  await sql`select set_config('lock_timeout', ${`${ms}ms`}, true)`.execute(tx)
}

/** Sees and writes the named companies and nothing else. */
export const asWriter = <A>(orm: MikroORM, companyIds: ReadonlyArray<string>, work: Work<A>): Promise<A> =>
  inRole(orm, WRITER, batch(companyIds), work)

/** Registry, positions and failures of all companies; aggregates of none. */
export const asWriterOfAll = <A>(orm: MikroORM, work: Work<A>): Promise<A> => inRole(orm, WRITER, EVERY, work)

/** Failures and registry of one company, as an API shows them. */
export const asOperator = <A>(orm: MikroORM, companyId: string, work: Work<A>): Promise<A> =>
  inRole(orm, OPERATOR, batch([companyId]), work)

/** Failures and registry of all companies, for the operator's command line. */
export const asOperatorOfAll = <A>(orm: MikroORM, work: Work<A>): Promise<A> => inRole(orm, OPERATOR, EVERY, work)

/** What a projection sends after `begin` (pipelined-transaction.ts, read-transaction.ts). */
export const projectorEntry: RawBuilder<unknown> = entry(PROJECTOR, batch([]))

/** As `asFollower`, for transactions that do not wait for it (read-transaction.ts). */
export const followerEntry: RawBuilder<unknown> = entry(FOLLOWER, batch([]))

/** As `asWriter` for no company: what policies keep of themselves (pipelined-transaction.ts, read-transaction.ts). */
export const policyEntry: RawBuilder<unknown> = entry(WRITER, batch([]))

/** Reads the log of all companies. */
export const asFollower = <A>(orm: MikroORM, work: Work<A>): Promise<A> => inRole(orm, FOLLOWER, batch([]), work)

const ofReader = (companyId: string): Scope => ({ variable: 'app.company_id', value: companyId })

/** One company's read models and nothing else. */
export const asReader = <A>(orm: MikroORM, companyId: string, work: Work<A>): Promise<A> => inRole(orm, READER, ofReader(companyId), work)

/** What `asReader` sends after `begin`, for a transaction that does not wait for it (read-transaction.ts). */
export const readerEntry = (companyId: string): RawBuilder<unknown> => entry(READER, ofReader(companyId))

/** As `asWriter`, for the transaction of a batch that is loaded and saved by keys (batch-transaction.ts). */
export const batchEntry = (companyIds: ReadonlyArray<string>): RawBuilder<unknown> => entry(BATCH, batch(companyIds))
