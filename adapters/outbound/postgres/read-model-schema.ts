import { sql, type RawBuilder } from 'kysely'

/**
 * Where read models are: `read` is what is served; `read_beside` holds another generation of some of them, with a checkpoint and totals
 * of its own, while they are built anew and until the old ones are dropped (ADR 0020).
 */
export type ReadSchema = 'read' | 'read_beside'

export const tableIn = (schema: ReadSchema, table: string): RawBuilder<unknown> => sql.table(`${schema}.${table}`)
