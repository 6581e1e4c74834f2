import * as TE from 'fp-ts/lib/TaskEither.js'
import { sql } from 'kysely'
import type { FreshnessFinder, ProjectionProgress } from '../../../application/ports/freshness-finder.ts'
import type { ReadSession } from './finder-session.ts'
import { toPosition, type PositionRow } from './log-position.ts'

interface Row extends PositionRow { readonly name: string; readonly fact_at: number | null }

const toProgress = ({ name, fact_at: factAt, ...row }: Row): ProjectionProgress => {
  const position = toPosition(row)
  return factAt === null ? { name, position } : { name, position, factAt }
}

export const postgresFreshnessFinder = ({ rows }: ReadSession): FreshnessFinder => ({
  all: () => TE.map((found: ReadonlyArray<Row>) => found.map(toProgress))(rows(sql<Row>`
    select name, epoch, xid, seq, (extract(epoch from fact_at) * 1000)::float8 as fact_at from read.checkpoint order by name`)),
})
