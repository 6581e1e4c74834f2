import type { MikroORM } from '@mikro-orm/postgresql'
import { postgresEventLog } from '../../../../adapters/outbound/postgres/event-log.ts'
import { postgresGenerations } from '../../../../adapters/outbound/postgres/generations/generations.ts'
import { postgresReadModelStore } from '../../../../adapters/outbound/postgres/read-model-store.ts'
import { postgresTransactions } from '../../../../adapters/outbound/postgres/transactions.ts'
import type { RebuildPorts } from '../../../../application/jobs/rebuild/rebuild.ts'
import { groups } from '../../../../application/jobs/rebuild/groups.ts'
import { projectBatch } from '../../../../application/projections/project-batch.ts'
import { projections } from '../../../../application/projections/projections.ts'
import type { ProjectionName } from '../../../../application/projections/read-models.ts'
import type { CompanyId } from '../../../../domain/company.ts'
import type { ChatId } from '../../../../domain/chat/chat.ts'
import { aChange } from '../../../support/a-change.ts'
import { aChat, aChatUpdate, raise } from '../../../support/a-chat.ts'
import { aMessage, aMessageUpdate } from '../../../support/a-message.ts'
import { live, minutes } from '../../../support/an-observation.ts'
import { everyKind } from '../../../support/every-kind.ts'
import { eventually } from '../../../support/eventually.ts'
import { openReadSide } from '../read-models/open-read-side.ts'
import { rightOf } from '../../../support/right-of.ts'

export const COMPANIES: ReadonlyArray<CompanyId> = ['acme', 'beta', 'gamma'].map((id) => id as CompanyId)
const CHATS = ['c1', 'c2', 'c3'] as const

/** A log with facts of every kind, messages that move between chats among them. */
const writing = (orm: MikroORM) => {
  const transactions = postgresTransactions(orm)
  let written = 0
  return async (companyId: CompanyId, count: number): Promise<void> => {
    for (let i = 0; i < count; i += 1) {
      written += 1
      const [n, id, chat] = [written, `w-${written}`, `chat-${written}`]
      const [here, there] = [CHATS[n % 3] ?? 'c1', CHATS[(n + 1) % 3] ?? 'c1']
      await rightOf(transactions.transact({ companies: [companyId], locks: [] }, (tx) => tx.save({
        message: [aChange('message', { companyId, id }, [aMessage(live(n), { chatId: here, timestamp: minutes(n) }),
          aMessage(live(n + 1), { chatId: there }), aMessageUpdate(live(n + 2), { status: 'read' })])],
        chat: [aChange('chat', { companyId, id: chat }, [aChat(live(n), { jid: 'j', conversationTimestamp: minutes(n) }, 2),
          { ...aChatUpdate(live(n + 1), raise), chatId: chat as ChatId }])],
      })))
    }
  }
}

const oneOfEachKind = async (orm: MikroORM, companyId: CompanyId): Promise<void> => {
  for (const [i, { kind, commands }] of everyKind.filter(({ kind }, at, all) => all.findIndex((one) => one.kind === kind) === at).entries())
    await rightOf(postgresTransactions(orm).transact({ companies: [companyId], locks: [] }, (tx) =>
      tx.save({ [kind]: [aChange(kind, { companyId, id: `a-${kind}-${i}` }, commands)] })))
}

/** A read side with some history, projected, and what a rebuild of it needs. */
export const aReadSide = async () => {
  const side = await openReadSide()
  const { orm } = side.database
  const [log, store, beside] = [postgresEventLog(orm), side.store, postgresReadModelStore(orm, 'read_beside')]
  const write = writing(orm)
  const step = async <N extends ProjectionName>(name: N, limit: number): Promise<boolean> =>
    (await rightOf(projectBatch(projections[name], log, store, limit))).more
  /** Until nothing is left; a writer of another test may hold the log back for a while. */
  const project = async (limit = 7): Promise<void> => {
    for (const name of groups.flat())
      await eventually(`${name} has caught up`, async () => {
        while (await step(name, limit)) { /* the next page */ }
        return (await rightOf(log.oldestAfter((await rightOf(store.progress(name))).position))) === undefined
      })
  }
  const seen: [name: ProjectionName, done: number, total: number][] = []
  const ports: RebuildPorts = { log, served: store, beside, page: 50, generations: postgresGenerations(orm),
    onProgress: (...progress) => { seen.push(progress) } }
  for (const companyId of COMPANIES) {
    await oneOfEachKind(orm, companyId)
    await write(companyId, 12)
  }
  await project()
  return { side, ports, project, write, step, seen, close: side.close }
}
