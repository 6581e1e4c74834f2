import type { MikroORM } from '@mikro-orm/postgresql'
import { sql, type RawBuilder } from 'kysely'
import { BEGIN, COMMIT, pipelinedClient, type Send } from './pipelined-client.ts'

const ROLLBACK = sql`rollback`

/**
 * All of `work` or none of it. Begin, the statements that open the transaction (role and limits first), and what `work` asks for first go
 * out together, in one round trip (measured, ADR 0019): the server runs them one after the other. Nothing is given out before it is open:
 * where a statement fails, the transaction is aborted, and what came behind is thrown away; the failure is that of the first.
 */
export const inPipeline = async <A>(
  orm: MikroORM, opening: ReadonlyArray<RawBuilder<unknown>>, work: (send: Send) => Promise<A>,
): Promise<A> => {
  const { send, endWith } = pipelinedClient(orm)
  const entered = Promise.all([BEGIN, ...opening].map((query) => send(query)))
  entered.catch(() => undefined)
  const inside: Send = async (query) => {
    const answer = send(query)
    answer.catch(() => undefined)
    await entered
    return answer
  }
  const worked = await work(inside).then(async (result) => {
    await entered
    return result
  }).catch(async (cause: unknown) => {
    await endWith(ROLLBACK).catch(() => undefined)
    throw cause
  })
  const { command } = await endWith(COMMIT)
  if (command !== 'COMMIT') throw new Error('a failed statement was overlooked, so nothing was committed')
  return worked
}
