import { deciders, type AggregateKind, type Aggregates } from '../../application/aggregates.ts'
import type { EventCause } from '../../application/ports/cause.ts'
import { keyOf, type AggregateKey, type Change, type Loaded, type Versioned } from '../../application/ports/transactions.ts'
import type { Decider } from '../../domain/decider.ts'

export const aCause = (sequence = 1): EventCause => ({
  type: 'event', stream: 'REALTIME', sequence, item: 0, subject: 'v1.messages.upsert.ACME', messageId: `msg-${String(sequence)}`,
  consumer: 'daisi_ingest_ACME', consumerSequence: sequence,
})

type Words<K extends AggregateKind> = Aggregates[K]

/** What `commands` change of an aggregate that was loaded as `from`. */
export const aChange = <K extends AggregateKind>(
  kind: K, key: AggregateKey, commands: ReadonlyArray<Words<K>['command']>, from?: Versioned<Words<K>['state']>,
): Change<K> => {
  const { initial, decide, evolve }: Decider<Words<K>['command'], Words<K>['state'], Words<K>['event']> = deciders[kind]
  const before = from?.state ?? initial
  let state = before
  const facts = commands.flatMap((command, i) => decide(command, state).map((event) => {
    state = evolve(state, event)
    return { event, cause: aCause(i + 1) }
  }))
  return { ...key, version: from?.version ?? 0, before, state, facts }
}

export const loadedOf = <K extends AggregateKind>(loaded: Loaded, kind: K, key: AggregateKey): Versioned<Words<K>['state']> | undefined =>
  (loaded[kind] as ReadonlyMap<string, Versioned<Words<K>['state']>> | undefined)?.get(keyOf(key))
