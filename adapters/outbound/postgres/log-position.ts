import { sql, type RawBuilder } from 'kysely'
import type { Position } from '../../../application/ports/event-log.ts'

/** A place in the log as the driver gives it: both numbers may be larger than an `integer`. */
export interface PositionRow { readonly epoch: number; readonly xid: string; readonly seq: string }

export const toPosition = ({ epoch, xid, seq }: PositionRow): Position => ({ epoch, xid: Number(xid), seq: Number(seq) })

/** Values in the types and the order of the columns `epoch, xid, seq`. */
export const positionValues = ({ epoch, xid, seq }: Position): RawBuilder<unknown> =>
  sql`${epoch}::integer, ${String(xid)}::xid8, ${seq}::bigint`

export const afterPosition = (position: Position): RawBuilder<unknown> => sql`(epoch, xid, seq) > (${positionValues(position)})`

/**
 * Below the oldest open transaction nothing can still appear (design 6; reliability M16). Of an earlier epoch everything has appeared:
 * the epoch rises while nobody writes, and the transactions of the cluster that was left say nothing about those of this one.
 */
export const SETTLED = sql`(epoch < (select epoch from daisi.log_epoch) or xid < pg_snapshot_xmin(pg_current_snapshot()))`
