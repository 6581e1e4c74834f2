import * as TE from 'fp-ts/lib/TaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { deciders, type AggregateKind, type Aggregates, type Instruction, type InstructionOf } from './aggregates.ts'
import { decideBatch } from './decide-batch.ts'
import { laneOf, lockOf } from './lanes.ts'
import {
  keyOf, type AggregateKey, type BatchScope, type Change, type Changes, type Loaded, type Tx, type Wanted,
} from './ports/transactions.ts'
import type { Unavailable, Unstorable } from './ports/unavailable.ts'

/** Facts per instruction, in order; 0 says that its effect already held. */
export type FactCounts = ReadonlyArray<number>

type ByKind = { readonly [K in AggregateKind]?: ReadonlyArray<InstructionOf<K>> }

/** Companies and locks of a batch; what `transact` is asked for. */
export const scopeOf = (batch: ReadonlyArray<Instruction>): BatchScope => ({
  companies: [...new Set(batch.map(({ companyId }) => companyId))],
  locks: [...new Set(batch.map(({ kind, companyId, id }) => lockOf(laneOf(kind, companyId, id), companyId)))].sort((a, b) => a - b),
})

const byKind = (batch: ReadonlyArray<Instruction>): ByKind => Object.groupBy(batch, ({ kind }) => kind) as ByKind

const kindsOf = (groups: ByKind): ReadonlyArray<AggregateKind> => Object.keys(groups) as AggregateKind[]

const distinctKeys = (instructions: ReadonlyArray<AggregateKey>): ReadonlyArray<AggregateKey> => {
  const keys = new Map<string, AggregateKey>()
  for (const { companyId, id } of instructions) keys.set(keyOf({ companyId, id }), { companyId, id })
  return [...keys.values()]
}

const wantedOf = (groups: ByKind): Wanted => Object.fromEntries(kindsOf(groups).map((kind) => [kind, distinctKeys(groups[kind] ?? [])]))

const decideKind = <K extends AggregateKind>(kind: K, instructions: ReadonlyArray<InstructionOf<K>>, loaded: Loaded) => {
  const states: NonNullable<Loaded[K]> = loaded[kind] ?? new Map()
  const addressed = instructions.map((instruction) => ({ key: keyOf(instruction), command: instruction.command, origin: instruction }))
  const { counts, changed, contradictions } = decideBatch<Aggregates[K]['command'], Aggregates[K]['state'], Aggregates[K]['event'],
    InstructionOf<K>>(deciders[kind], addressed, states)
  const changes = changed.flatMap(({ version, before, state, facts }): Change<K>[] => {
    const first = facts[0]
    if (first === undefined) return []
    const { companyId, id } = first.origin
    return [{ companyId, id, version, before, state, facts: facts.map(({ event, origin }) => ({ event, cause: origin.cause })) }]
  })
  return { counts, changes, contradictions }
}

/** `contradictions`: instructions that say otherwise of what is kept for good. */
interface Applied { readonly changes: Changes; readonly counts: FactCounts; readonly contradictions: number }

const decideAll = (batch: ReadonlyArray<Instruction>, groups: ByKind, loaded: Loaded): Applied => {
  const decided = new Map(kindsOf(groups).map((kind) => [kind, decideKind(kind, groups[kind] ?? [], loaded)]))
  const next = new Map<AggregateKind, number>()
  const counts = batch.map(({ kind }) => {
    const index = next.get(kind) ?? 0
    next.set(kind, index + 1)
    return decided.get(kind)?.counts[index] ?? 0
  })
  return { counts, changes: Object.fromEntries([...decided].map(([kind, { changes }]) => [kind, changes])),
    contradictions: [...decided.values()].reduce((sum, { contradictions }) => sum + contradictions, 0) }
}

/** Load the states, decide in memory, save states and facts; inside a transaction that holds the batch's scope. */
export const applyBatch = (batch: ReadonlyArray<Instruction>, tx: Tx): TE.TaskEither<Unavailable | Unstorable, Applied> => {
  const groups = byKind(batch)
  return pipe(
    tx.load(wantedOf(groups)),
    TE.map((loaded) => decideAll(batch, groups, loaded)),
    TE.chainFirst(({ changes }) => tx.save(changes)),
  )
}
