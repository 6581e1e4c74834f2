/** What `doctor` looks at; also the values of `--only`. */
export const AREAS = ['nats', 'postgresql', 'service'] as const
export type Area = (typeof AREAS)[number]

/** `warn`: works, and can hurt later. `bad`: does not work, or can lose events or mix companies. */
type State = 'ok' | 'warn' | 'bad'

/** What a look has shown, in words for a tired person. */
export interface Finding {
  readonly state: State
  readonly says: string
  /** What to do; absent where nothing is to be done. */
  readonly todo?: string
}

/** One thing to look at. It reads facts and hands them to a judgement, a pure function from facts to a finding. */
export interface Check { readonly area: Area; readonly name: string; readonly look: () => Promise<Finding> }

export interface Examined extends Finding { readonly area: Area; readonly name: string }

export const ok = (says: string): Finding => ({ state: 'ok', says })
export const warn = (says: string, todo: string): Finding => ({ state: 'warn', says, todo })
export const bad = (says: string, todo: string): Finding => ({ state: 'bad', says, todo })

/** What is tolerable while developing and not with real companies. */
export const badInProduction = (production: boolean): typeof bad => (production ? bad : warn)
