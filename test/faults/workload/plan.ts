import { chance as chanceOf, type Chance } from '../../../adapters/main/sample/chance.ts'
import type { Intent } from '../oracle/ledger.ts'
import { nextEvent, type Planned } from './events.ts'
import { peopleOf, type People } from './people.ts'

/** One publish; several intents may carry the same event (a repetition). */
export type Publish = Omit<Intent, 'type'>

/** Percent of events that come late, by up to so many others. */
const [LATE_PERCENT, LATE_BY] = [10, 40] as const
const REPEATED_PERCENT = 5

const toPublish = ({ subject, body, refusals }: Planned, id: number, msgId: string): Publish =>
  ({ id, msgId, subject, body: Buffer.from(body).toString('base64'), refusals })

interface Waiting { readonly due: number; readonly publish: Publish }

/** A source of publishes, the same for the same seed. */
export interface Plan {
  readonly next: (count: number) => ReadonlyArray<Publish>
  /** All that was held back. */
  readonly rest: () => ReadonlyArray<Publish>
}

/** A repetition keeps its id, and the broker must refuse it, or has a new one, and is a new observation (design 5). */
const repetition = (chance: Chance, original: Publish, id: number): Publish =>
  ({ ...original, id, msgId: chance.in(50) ? original.msgId : `${original.msgId}-again-${id}` })

export const planOf = (seed: number, companies: readonly [string, ...string[]]): Plan => {
  const chance = chanceOf(seed)
  const [first, ...others] = companies
  const people: readonly [People, ...People[]] = [peopleOf(first), ...others.map(peopleOf)]
  let [n, id] = [0, 0]
  let late: Waiting[] = []

  const make = (): ReadonlyArray<Publish> => {
    n += 1
    id += 1
    const original = toPublish(nextEvent(chance, chance.oneOf(people), n), id, `run-${seed}-${n}`)
    if (!chance.in(REPEATED_PERCENT)) return [original]
    id += 1
    late.push({ due: n + chance.below(LATE_BY), publish: repetition(chance, original, id) })
    return [original]
  }
  const take = (): ReadonlyArray<Publish> => {
    const due = late.filter((waiting) => waiting.due <= n).map(({ publish }) => publish)
    late = late.filter((waiting) => waiting.due > n)
    const made = make()
    if (!chance.in(LATE_PERCENT)) return [...due, ...made]
    late.push(...made.map((publish) => ({ due: n + 1 + chance.below(LATE_BY), publish })))
    return due
  }
  return {
    next: (count) => {
      const taken: Publish[] = []
      while (taken.length < count) taken.push(...take())
      return taken
    },
    rest: () => late.splice(0).map(({ publish }) => publish),
  }
}
