import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, type CompiledQuery } from 'kysely'
import { decodeDelivery } from '../../adapters/inbound/nats/decode-event.ts'
import type { Delivery } from '../../adapters/inbound/nats/delivery.ts'
import { uuidContactId } from '../../adapters/outbound/contact-id.ts'
import { savingOf } from '../../adapters/outbound/postgres/save-aggregates.ts'
import type { Instruction } from '../../application/aggregates.ts'
import { applyBatch, scopeOf } from '../../application/apply-batch.ts'
import type { Changes } from '../../application/ports/transactions.ts'

/** What the adapter would send for one batch of new messages. */
export interface PreparedSave { readonly companies: ReadonlyArray<string>; readonly query: CompiledQuery; readonly items: number }

/** Compiles and never connects. */
const compiler = new Kysely<unknown>({ dialect: {
  createAdapter: () => new PostgresAdapter(), createDriver: () => new DummyDriver(),
  createIntrospector: (db) => new PostgresIntrospector(db), createQueryCompiler: () => new PostgresQueryCompiler(),
} })

const deliveryOf = (stream: string) => ([subject, body]: readonly [string, string], i: number): Delivery => ({
  subject, stream, sequence: i + 1, data: Buffer.from(body), publishedAtMs: Date.now(), headers: {}, deliveries: 1,
  consumer: `daisi_ingest_${subject.split('.').at(-1) ?? ''}`, consumerSequence: i + 1,
})

const instructionsOf = (delivery: Delivery): ReadonlyArray<Instruction> => {
  const decoded = decodeDelivery(delivery, { historyMode: 'accept_valid', contactIdOf: uuidContactId, syncDelaySeconds: 900 })
  if (E.isLeft(decoded)) throw new Error(`an event of the benchmark is invalid: ${decoded.left.reason}`)
  return decoded.right.instructions
}

/** Of aggregates that nobody has stored before. */
const changesOf = async (batch: ReadonlyArray<Instruction>): Promise<Changes> => {
  const applied = await applyBatch(batch, { load: () => TE.right({}), save: () => TE.right(undefined) })()
  if (E.isLeft(applied)) throw new Error('unreachable')
  return applied.right.changes
}

const prepared = async (batch: ReadonlyArray<Instruction>): Promise<PreparedSave> => {
  const saving = savingOf(await changesOf(batch))
  if (saving === undefined) throw new Error('a batch of new messages changes nothing')
  return { companies: scopeOf(batch).companies, query: saving.statement.compile(compiler), items: batch.length }
}

/** The events read and decided beforehand, in batches of `maxItems`: only the writing is left. */
export const preparedSaves = async (
  stream: string, events: ReadonlyArray<readonly [subject: string, body: string]>, maxItems: number,
): Promise<ReadonlyArray<PreparedSave>> => {
  const instructions = events.map(deliveryOf(stream)).flatMap(instructionsOf)
  const saves: PreparedSave[] = []
  for (let from = 0; from < instructions.length; from += maxItems) saves.push(await prepared(instructions.slice(from, from + maxItems)))
  return saves
}
