/**
 * An aggregate as pure functions. `decide` answers `[]` when the command's effect already holds, so redelivery is free.
 * Commands report what has happened elsewhere and merge by their clocks, so there is nothing to refuse: what is wrong
 * with an event is found before it becomes a command (ADR 0001).
 */
export interface Decider<Command, State, Event> {
  readonly initial: State
  readonly decide: (command: Command, state: State) => ReadonlyArray<Event>
  /** The next state; total: a fact is never refused. */
  readonly evolve: (state: State, event: Event) => State
  /** Whether a command says otherwise of what the aggregate keeps for good: merged like any other, and counted. Absent: none can. */
  readonly contradicts?: (command: Command, state: State) => boolean
}
