import { expect } from 'chai'
import fc from 'fast-check'
import { isDeepStrictEqual } from 'node:util'
import type { Versioned } from '../../../application/ports/transactions.ts'
import { decideBatch } from '../../../application/decide-batch.ts'
import type { Decider } from '../../../domain/decider.ts'
import { FEWER_RUNS, inBatches, once, PATIENCE, RUNS, shuffledAndRepeated, type Deliveries } from './deliveries.ts'

/** Fast where nothing differs; chai's account where something does. */
export const expectSame = (actual: unknown, expected: unknown): void => {
  if (!isDeepStrictEqual(actual, expected)) expect(actual).to.deep.equal(expected)
}

/** What a store keeps of one kind of aggregate: states, carried from batch to batch, and the log of facts. */
export interface Kept<State, Event> {
  readonly states: Map<string, Versioned<State>>
  readonly facts: Map<string, Event[]>
}

export const nothingKept = <State, Event>(): Kept<State, Event> => ({ states: new Map(), facts: new Map() })

/** Without versions: how many facts a state took depends on the order, and may (design 5). */
export const stateOnly = <State, Event>({ states }: Kept<State, Event>): ReadonlyMap<string, State> =>
  new Map([...states].map(([key, { state }]) => [key, state]))

/** Decides one batch and keeps what comes of it, as `handleBatch` does; answers the facts in the order of the log. */
export const decideAndKeep = <Command, State, Event>(
  decider: Decider<Command, State, Event>, idOf: (command: Command) => string,
  batch: ReadonlyArray<Command>, { states, facts }: Kept<State, Event>,
): ReadonlyArray<Event> => {
  const { changed } = decideBatch(decider, batch.map((command) => ({ key: idOf(command), command, origin: undefined })), states)
  return changed.flatMap(({ key, version, state, facts: gained }) => {
    const events = gained.map(({ event }) => event)
    states.set(key, { state, version: version + events.length })
    facts.set(key, [...facts.get(key) ?? [], ...events])
    return events
  })
}

export const expectRebuilt = <Command, State, Event>(
  { initial, evolve }: Decider<Command, State, Event>, { states, facts }: Kept<State, Event>,
): void => {
  for (const [key, { state, version }] of states) {
    const log = facts.get(key) ?? []
    expectSame([log.reduce(evolve, initial), log.length], [state, version])
  }
}

/** What design 5 promises of every aggregate, for generated sets of commands. */
export const describeConvergence = <Command, State, Event>(
  name: string, decider: Decider<Command, State, Event>, idOf: (command: Command) => string, deliveries: fc.Arbitrary<Deliveries<Command>>,
): void => {
  const run = (commands: ReadonlyArray<Command>, batchSizes: ReadonlyArray<number>): Kept<State, Event> => {
    const kept = nothingKept<State, Event>()
    for (const batch of inBatches(commands, batchSizes)) decideAndKeep(decider, idOf, batch, kept)
    return kept
  }
  describe(`convergence, ${name}`, function () {
    this.timeout(PATIENCE)

    it('comes to one state in any order, with any repetition, in any batches, and facts alone rebuild it', () => {
      fc.assert(fc.property(deliveries, (all) => {
        const [straight, shuffled] = [run(once(all), [once(all).length + 1]), run(shuffledAndRepeated(all), all.batchSizes)]
        expectSame(stateOnly(shuffled), stateOnly(straight))
        expectRebuilt(decider, straight)
        expectRebuilt(decider, shuffled)
      }), RUNS)
    })
    it('has nothing to add when a command is decided again, at once or at the end', () => {
      fc.assert(fc.property(deliveries, (all) => {
        let states = new Map<string, State>()
        const decide = (command: Command) => decider.decide(command, states.get(idOf(command)) ?? decider.initial)
        for (const command of once(all)) {
          const state = decide(command).reduce(decider.evolve, states.get(idOf(command)) ?? decider.initial)
          states = states.set(idOf(command), state)
          expectSame(decide(command), [])
        }
        expectSame(shuffledAndRepeated(all).flatMap(decide), [])
      }), FEWER_RUNS)
    })
  })
}
