import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { AggregateKind } from '../../../application/aggregates.ts'
import type { LoggedFact } from '../../../application/ports/event-log.ts'
import {
  keyOf, type AggregateKey, type BatchScope, type Change, type Changes, type Loaded, type Transactions, type Tx, type Versioned,
  type Wanted,
} from '../../../application/ports/transactions.ts'
import type { WallClock } from '../../../application/ports/wall-clock.ts'
import { done } from './done.ts'
import { laneLocks } from './lane-locks.ts'
import type { MemoryLog } from './memory-log.ts'

type States = Map<string, Versioned<unknown>>
type Staged = readonly [kind: AggregateKind, change: Change<AggregateKind>]

const placeOf = (kind: AggregateKind, key: AggregateKey): string => `${kind} ${keyOf(key)}`

const changesOf = (changes: Changes): ReadonlyArray<Staged> =>
  (Object.entries(changes) as [AggregateKind, ReadonlyArray<Change<AggregateKind>>][])
    .flatMap(([kind, ofKind]) => ofKind.map((change): Staged => [kind, change]))

type Find = (kind: AggregateKind, key: AggregateKey) => Versioned<unknown> | undefined

const loadFrom = (find: Find, wanted: Wanted): Loaded =>
  Object.fromEntries((Object.entries(wanted) as [AggregateKind, ReadonlyArray<AggregateKey>][]).map(([kind, keys]) =>
    [kind, new Map(keys.flatMap((key) => {
      const found = find(kind, key)
      return found === undefined ? [] : [[keyOf(key), found] as const]
    }))])) as Loaded

/** One transaction's own view: what it has saved, over what is committed. */
const memoryTx = (committed: States, { companies }: BatchScope) => {
  const staged: Staged[] = []
  const own: States = new Map()
  const isInScope = ({ companyId }: AggregateKey): boolean => companies.includes(companyId)
  const find: Find = (kind, key) => {
    const place = placeOf(kind, key)
    return isInScope(key) ? own.get(place) ?? committed.get(place) : undefined
  }
  const stage = ([kind, change]: Staged): void => {
    const place = placeOf(kind, change)
    if (!isInScope(change)) throw new Error('a company outside the scope of the transaction')
    if ((find(kind, change)?.version ?? 0) !== change.version) throw new Error(`somebody else has written this ${kind} meanwhile`)
    own.set(place, { state: change.state, version: change.version + change.facts.length })
    staged.push([kind, change])
  }
  const tx: Tx = {
    load: (wanted) => done(() => loadFrom(find, wanted)),
    save: (changes) => done(() => { changesOf(changes).forEach(stage) }),
  }
  return { tx, staged }
}

const factsOf = ([kind, { companyId, id, version, facts }]: Staged) =>
  facts.map(({ event, cause: { trace } }, i) =>
    ({ companyId, kind, id, version: version + i + 1, event, ...(trace === undefined ? {} : { trace }) }))

const isStale = (states: States, kind: AggregateKind, change: Change<AggregateKind>): boolean =>
  (states.get(placeOf(kind, change))?.version ?? 0) !== change.version

/** Versions are checked again, for transactions without a common lock run side by side; all of it or nothing. */
const commit = (states: States, { facts: log }: MemoryLog, staged: ReadonlyArray<Staged>, recordedAt: number): void => {
  const next = new Map(states)
  for (const [kind, change] of staged) {
    if (isStale(next, kind, change)) throw new Error(`somebody else has written this ${kind} meanwhile`)
    next.set(placeOf(kind, change), { state: change.state, version: change.version + change.facts.length })
  }
  for (const [place, state] of next) states.set(place, state)
  const xid = (log.at(-1)?.position.xid ?? 0) + 1
  for (const fact of staged.flatMap(factsOf))
    log.push({ ...fact, position: { epoch: 1, xid, seq: log.length + 1 }, recordedAt } as unknown as LoggedFact)
}

/** `log` receives the facts; `onCommit` wakes its followers. */
export const memoryTransactions = (log: MemoryLog, clock: WallClock, onCommit: () => void = () => undefined): Transactions => {
  const states: States = new Map()
  const locks = laneLocks()
  return {
    transact: <Err, A>(scope: BatchScope, work: (tx: Tx) => TaskEither<Err, A>) => async () => {
      const release = await locks.take(scope.locks)
      try {
        const { tx, staged } = memoryTx(states, scope)
        const result = await work(tx)()
        if (E.isLeft(result)) return result
        commit(states, log, staged, clock.nowMs())
        onCommit()
        return result
      } finally {
        release()
      }
    },
  }
}
