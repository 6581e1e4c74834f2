import { expect } from 'chai'
import type { Decider } from '../../domain/decider.ts'

/** `then([])` says "already so". */
export const given = <Command, State, Event>(
  { initial, decide, evolve }: Decider<Command, State, Event>, facts: ReadonlyArray<NoInfer<Event>>,
) => ({
  when: (command: NoInfer<Command>) => ({
    then: (expected: ReadonlyArray<Event>): void => { expect(decide(command, facts.reduce(evolve, initial))).to.deep.equal(expected) },
  }),
})

/** The state that an aggregate is in once all of `commands` have been decided, one after the other. */
export const stateAfter = <Command, State, Event>(
  { initial, decide, evolve }: Decider<Command, State, Event>, commands: ReadonlyArray<NoInfer<Command>>,
): State => commands.reduce((state, command) => decide(command, state).reduce(evolve, state), initial)
