import type { Decider } from '../domain/decider.ts'
import type { Versioned } from './ports/transactions.ts'

/** A command, the aggregate it is for, and whatever must travel with the facts it leads to. */
export interface Addressed<C, Origin> { readonly key: string; readonly command: C; readonly origin: Origin }

/** An aggregate that gained facts: what was loaded, what to save. */
export interface Draft<S, Ev, Origin> {
  readonly key: string
  readonly version: number
  readonly before: S
  readonly state: S
  readonly facts: ReadonlyArray<{ readonly event: Ev; readonly origin: Origin }>
}

/**
 * Decides a whole batch in memory, in order, on states loaded once. Plain loop, local mutable drafts, pure outside.
 * `counts[i]` is the number of facts of command i; 0 says that its effect already held. `contradictions`: commands that say otherwise
 * of what their aggregate, as it is when their turn comes, keeps for good.
 */
export const decideBatch = <C, S, Ev, Origin>(
  { initial, decide, evolve, contradicts }: Decider<C, S, Ev>,
  commands: ReadonlyArray<Addressed<C, Origin>>, loaded: ReadonlyMap<string, Versioned<S>>,
) => {
  const drafts = new Map<string, { readonly key: string; version: number; before: S; state: S; facts: { event: Ev; origin: Origin }[] }>()
  const draftOf = (key: string) => {
    const known = drafts.get(key)
    if (known !== undefined) return known
    const { version, state } = loaded.get(key) ?? { version: 0, state: initial }
    const draft = { key, version, before: state, state, facts: [] }
    drafts.set(key, draft)
    return draft
  }
  let contradictions = 0
  const counts = commands.map(({ key, command, origin }) => {
    const draft = draftOf(key)
    if (contradicts?.(command, draft.state) === true) contradictions += 1
    const events = decide(command, draft.state)
    for (const event of events) {
      draft.state = evolve(draft.state, event)
      draft.facts.push({ event, origin })
    }
    return events.length
  })
  const changed: ReadonlyArray<Draft<S, Ev, Origin>> = [...drafts.values()].filter(({ facts }) => facts.length > 0)
  return { counts, changed, contradictions }
}
