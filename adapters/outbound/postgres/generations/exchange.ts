import type { MikroORM } from '@mikro-orm/postgresql'
import * as E from 'fp-ts/lib/Either.js'
import { sql } from 'kysely'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Exchanged, Group, Meanwhile, Standing } from '../../../../application/ports/generations.ts'
import { isBusy } from '../busy.ts'
import { asOwner, waitAtMost, type Database } from '../in-role.ts'
import { exchangeCheckpoints, exchangeTables, exchangeTotals } from './exchange-tables.ts'

/** A projector's step, or a vacuum, that is at work; PostgreSQL ends an automatic vacuum in our way after a second. */
const WORK_ENDS_WITHIN_MS = 3_000
/** While the switch waits for readers at work, new ones wait behind it: no longer than this. */
const READERS_WAIT_AT_MOST_MS = 50
const PAUSE_MS = 200
const GIVE_UP_AFTER_MS = 120_000

/** Every step of a projection writes its checkpoint first, so none is at work behind this lock; readers of it pass. */
export const holdProjections = async (tx: Database): Promise<void> => {
  await sql`lock table read.checkpoint in exclusive mode`.execute(tx)
}

const tablesOf = (group: Group): string => group.flatMap((name) => [`read.${name}`, `read_beside.${name}`]).join(', ')

/**
 * Projections stand still, then vacuums are kept off, both without a reader noticing; what is beside catches up; positions and totals are
 * exchanged; at last the tables, for which readers wait a moment. One transaction: whoever asks sees all of one generation.
 */
const attempt = (orm: MikroORM, group: Group, becomes: Standing, meanwhile: Meanwhile): Promise<Omit<Exchanged, 'attempts'>> => {
  const at = Date.now()
  let [heldSince, exclusiveSince] = [0, 0]
  return asOwner(orm, async (tx) => {
    await waitAtMost(tx, WORK_ENDS_WITHIN_MS)
    await sql.raw(`lock table ${tablesOf(group)} in share update exclusive mode`).execute(tx)
    await holdProjections(tx)
    heldSince = performance.now()
    const caughtUp = await meanwhile()
    if (E.isLeft(caughtUp)) throw caughtUp.left.cause
    await exchangeCheckpoints(tx, group)
    await exchangeTotals(tx, group)
    await sql`update read_beside.rebuild set state = ${becomes}, switched_at = now() where name = ${group[0]}`.execute(tx)
    await waitAtMost(tx, READERS_WAIT_AT_MOST_MS)
    exclusiveSince = performance.now()
    await sql.raw(`lock table ${tablesOf(group)} in access exclusive mode`).execute(tx)
    await exchangeTables(tx, group)
  }).then(() => ({ at, heldMs: performance.now() - heldSince, exclusiveMs: performance.now() - exclusiveSince }))
}

/** Tries until readers leave room; undefined when they do not. */
export const exchange = async (orm: MikroORM, group: Group, becomes: Standing, meanwhile: Meanwhile): Promise<Exchanged | undefined> => {
  const end = Date.now() + GIVE_UP_AFTER_MS
  for (let attempts = 1; Date.now() < end; attempts += 1) {
    const done = await attempt(orm, group, becomes, meanwhile).catch((cause: unknown) => {
      if (!isBusy(cause)) throw cause
      return undefined
    })
    if (done !== undefined) return { attempts, ...done }
    await sleep(PAUSE_MS)
  }
  return undefined
}
