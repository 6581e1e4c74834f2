import type { CompanyId } from '../../../domain/company.ts'
import type { EventName } from '../../inbound/nats/subjects.ts'
import { chance as chanceOf, type Chance } from '../sample/chance.ts'
import { samplePeople } from '../sample/sample-people.ts'
import { bodyOf, POISON, type BodySource } from './bodies.ts'
import type { LoadOptions } from './load-options.ts'

export type PlannedKind = 'fresh' | 'duplicate' | 'poison'

/** An event that will be published. */
export interface Planned {
  /** After the beginning. */
  readonly atMs: number
  readonly event: EventName
  readonly companyId: CompanyId
  readonly body: string
  readonly kind: PlannedKind
}

/** A run of its own name, which no other run had; `nowSeconds` is when the events say that they happen. */
export interface Run { readonly name: string; readonly nowSeconds: number }

const MS_PER_SECOND = 1_000
const PER_PERCENT = 100
/** Of each company: enough that events meet, few enough that chats are busy. */
const PEOPLE = { contacts: 20, chats: 30 }
/** Events that may be published again, and how many turns late an event may come. */
const MOST_REMEMBERED = 500
const MOST_LATE = 20

export const companyIdsOf = ({ companies, companyPrefix }: LoadOptions): ReadonlyArray<CompanyId> =>
  Array.from({ length: companies }, (_, i) => `${companyPrefix}-${i}` as CompanyId)

export const totalOf = ({ perSecond, seconds }: LoadOptions): number => Math.round(perSecond * seconds)

type Content = Omit<Planned, 'atMs'>

const happens = ({ below }: Chance, percent: number): boolean => below(100 * PER_PERCENT) < percent * PER_PERCENT

/** What comes next, before anything is late. */
const contents = (options: LoadOptions, run: Run, chance: Chance): ((n: number) => Content) => {
  const [companies, people] = [companyIdsOf(options), samplePeople(chance, PEOPLE)]
  const recent = new Map<CompanyId, string[]>(companies.map((companyId) => [companyId, []]))
  const remembered: Content[] = []
  const fresh = (n: number, event: EventName, companyId: CompanyId): Content => {
    const source: BodySource = { chance, people, run: run.name, historySize: options.historySize, recent: recent.get(companyId) ?? [] }
    const at = run.nowSeconds + Math.floor(n / options.perSecond)
    const content: Content = { event, companyId, kind: 'fresh', body: JSON.stringify(bodyOf(event, source, n, at)) }
    remembered[n % MOST_REMEMBERED] = content
    return content
  }
  return (n) => {
    const event = options.subjects[chance.below(options.subjects.length)] ?? 'v1.messages.upsert'
    const companyId = companies[n % companies.length] ?? companies[0] as CompanyId
    if (happens(chance, options.poison)) return { event, companyId, kind: 'poison', body: chance.oneOf(POISON) }
    const again = happens(chance, options.duplicates) ? remembered[chance.below(remembered.length)] : undefined
    return again === undefined ? fresh(n, event, companyId) : { ...again, kind: 'duplicate' }
  }
}

/**
 * The events in the order of their publication, made as they are taken, so that a long load needs no memory. Companies take turns.
 * The same options and run give the same events.
 */
export function* planOf(options: LoadOptions, run: Run): Generator<Planned, void> {
  const chance = chanceOf(options.seed)
  const [next, total, late] = [contents(options, run, chance), totalOf(options), new Map<number, Content[]>()]
  for (let n = 0; n < total; n += 1) {
    const atMs = (n * MS_PER_SECOND) / options.perSecond
    const content = next(n)
    const turn = happens(chance, options.disorder) ? Math.min(n + 1 + chance.below(MOST_LATE), total - 1) : n
    if (turn === n) yield { ...content, atMs }
    else late.set(turn, [...late.get(turn) ?? [], content])
    for (const one of late.get(n) ?? []) yield { ...one, atMs }
    late.delete(n)
  }
}
