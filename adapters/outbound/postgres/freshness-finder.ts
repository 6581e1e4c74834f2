import * as TE from 'fp-ts/lib/TaskEither.js'
import { sql } from 'kysely'
import type { FreshnessFinder, ProjectionProgress } from '../../../application/ports/freshness-finder.ts'
import type { ReadSession } from './finder-session.ts'

interface Row { readonly name: string; readonly epoch: number; readonly xid: string; readonly seq: string; readonly fact_at: number | null }

const toProgress = ({ name, epoch, xid, seq, fact_at: factAt }: Row): ProjectionProgress => {
  const position = { epoch, xid: Number(xid), seq: Number(seq) }
  return factAt === null ? { name, position } : { name, position, factAt }
}

export const postgresFreshnessFinder = ({ rows }: ReadSession): FreshnessFinder => ({
  all: () => TE.map((found: ReadonlyArray<Row>) => found.map(toProgress))(rows(sql<Row>`
    select name, epoch, xid, seq, (extract(epoch from fact_at) * 1000)::float8 as fact_at from read.checkpoint order by name`)),
})
