/** What a suite found; a figure that is not known is left out. */
export interface Found {
  readonly events?: number
  readonly kills?: number
  readonly lost?: number
  readonly appliedTwice?: number
  /** Deliveries for each distinct event. */
  readonly redeliveryFactor?: number
  /** Whatever else is worth publishing. */
  readonly [name: string]: unknown
}

const suites = new Map<string, Found>()
const notRun: string[] = []

/** The seed of the run; `SEED` repeats one. */
export const seed: number = Number(process.env['SEED'] ?? Math.floor(Math.random() * 1_000_000))

/** Adds to what a suite has found, also before it has passed. */
export const found = (suite: string, figures: Found): void => { suites.set(suite, { ...suites.get(suite), ...figures }) }

/** What this machine cannot do is said and counted, never passed over. */
export const couldNotRun = (what: string): void => { notRun.push(what) }

const sum = (name: 'events' | 'kills' | 'lost' | 'appliedTwice'): number =>
  [...suites.values()].reduce((total, figures) => total + (figures[name] ?? 0), 0)

/** No failure in n trials: with 95 % certainty it is rarer than 3 / n (reliability 3.2 part 11). */
const upperBound95 = (trials: number): number | undefined => (trials === 0 ? undefined : 3 / trials)

/** The last line of `npm run test:faults`. */
export const figuresLine = (): string => JSON.stringify({
  suite: 'faults',
  figures: {
    events: sum('events'), kills: sum('kills'), lost: sum('lost'), appliedTwice: sum('appliedTwice'),
    redeliveryFactor: suites.get('kills')?.redeliveryFactor, upperBound95: upperBound95(sum('kills')),
    suites: Object.fromEntries(suites), notRun,
  },
  seed,
})
