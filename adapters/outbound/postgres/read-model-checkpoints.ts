import { sql, type RawBuilder } from 'kysely'
import { comparePositions, ORIGIN, type Position } from '../../../application/ports/event-log.ts'
import type { Progress } from '../../../application/ports/read-model-store.ts'
import type { ProjectionName } from '../../../application/projections/read-models.ts'
import { positionValues, toPosition, type PositionRow } from './log-position.ts'
import type { Send } from './pipelined-client.ts'
import { tableIn, type ReadSchema } from './read-model-schema.ts'

interface CheckpointRow extends PositionRow { readonly fact_at: number | null; readonly generation: string }

/** A table keeps its number when it is renamed or moved: another number under the name is another generation. */
const generationOf = (schema: ReadSchema, name: string): RawBuilder<unknown> => sql`to_regclass(${`${schema}.${name}`}::text)::oid::text`

export const progressOf = (schema: ReadSchema, name: ProjectionName): RawBuilder<CheckpointRow> =>
  sql<CheckpointRow>`select coalesce(c.epoch, 0) as epoch, coalesce(c.xid, '0') as xid,
      coalesce(c.seq, 0) as seq, (extract(epoch from c.fact_at) * 1000)::float8 as fact_at, ${generationOf(schema, name)} as generation
    from (select 1) as one left join ${tableIn(schema, 'checkpoint')} c on c.name = ${name}`

export const toProgress = ([row]: ReadonlyArray<CheckpointRow>): Progress => {
  if (row === undefined) throw new TypeError('a left join gave no row')
  const { generation, fact_at: factAt } = row
  const position = toPosition(row)
  return factAt === null ? { position, generation } : { position, factAt, generation }
}

export interface Move {
  readonly from: Position
  /** That `from` was read of; undefined for any. */
  readonly generation?: string
  readonly to: Progress
}

/**
 * Compare-and-set. It comes first in its transaction, so that a projector that was overtaken waits here for the faster one, or for the
 * switch to another generation (ADR 0020); what it then writes is undone. A checkpoint that does not exist stands at the origin.
 */
export const moveCheckpoint = async (
  send: Send, schema: ReadSchema, name: ProjectionName, { from, generation, to: { position: to, factAt } }: Move,
): Promise<boolean> => {
  const table = tableIn(schema, 'checkpoint')
  const { rowCount } = await send(sql`insert into ${table} as c (name, epoch, xid, seq, fact_at)
    select ${name}, ${positionValues(to)}, to_timestamp(${factAt ?? null}::float8 / 1000)
    where (${comparePositions(from, ORIGIN) === 0}::boolean or exists (select from ${table} where name = ${name}))
      and (${generation ?? null}::text is null or ${generationOf(schema, name)} = ${generation ?? null}::text)
    on conflict (name) do update
      set epoch = excluded.epoch, xid = excluded.xid, seq = excluded.seq, fact_at = excluded.fact_at, updated_at = now()
    where (c.epoch, c.xid, c.seq) = (${positionValues(from)})`)
  return rowCount === 1
}
