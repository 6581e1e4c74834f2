import fc from 'fast-check'
import { deciders, type AggregateKind, type Aggregates } from '../../application/aggregates.ts'
import type { Observation } from '../../domain/clock.ts'
import type { Decider } from '../../domain/decider.ts'
import { encodeFact, type StoredFact } from '../../schemas/events/stored-fact.ts'
import {
  aChatCommand, aContactCommand, aMessageCommand, anAgentCommand, anAliasCommand, anOnboardingCommand, aSyncCommand,
} from '../domain/convergence/any-command.ts'
import { anyDeliveries, once } from '../domain/convergence/deliveries.ts'

/** The facts that `commands` lead to when all of them meet one aggregate. */
export const factsAfter = <C, S, Ev>({ initial, decide, evolve }: Decider<C, S, Ev>, commands: ReadonlyArray<C>): ReadonlyArray<Ev> => {
  let state = initial
  return commands.flatMap((command) => {
    const facts = decide(command, state)
    state = facts.reduce(evolve, state)
    return facts
  })
}

interface Stored { readonly kind: AggregateKind; readonly fact: StoredFact }

const storedOf = <K extends AggregateKind>(kind: K, command: (seen: Observation) => fc.Arbitrary<Aggregates[K]['command']>):
fc.Arbitrary<ReadonlyArray<Stored>> => {
  const decider: Decider<Aggregates[K]['command'], Aggregates[K]['state'], Aggregates[K]['event']> = deciders[kind]
  return anyDeliveries(command).map((all) => factsAfter(decider, once(all)).map((fact) => ({ kind, fact: encodeFact(kind, fact) })))
}

/** Some fact of some aggregate, as the log holds it. */
export const everyStoredFact: fc.Arbitrary<Stored> = fc.oneof(
  storedOf('message', aMessageCommand), storedOf('chat', aChatCommand), storedOf('contact', aContactCommand),
  storedOf('alias', anAliasCommand), storedOf('agent', anAgentCommand), storedOf('onboarding', anOnboardingCommand),
  storedOf('sync', aSyncCommand),
).filter((facts) => facts.length > 0).chain((facts) => fc.constantFrom(...facts))
