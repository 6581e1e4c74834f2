import * as E from 'fp-ts/lib/Either.js'
import type { Use } from './uses.ts'

/** What reading a setting needs to know besides its text. */
export interface Surroundings { readonly production: boolean }

/** One environment variable: its name, what it means, and how its text becomes a value. */
export interface Setting<T> {
  readonly name: string
  /** Shown in the README's table; undefined for a setting that has no default. */
  readonly byDefault: string | undefined
  readonly meaning: string
  /** Never printed; may also be given as `<name>_FILE`. */
  readonly secret: boolean
  readonly isNumber: boolean
  /** Every program reads it if absent. */
  readonly use?: Use
  /** In words, for the reference; undefined where any text is. */
  readonly allowed?: string
  /** Left: what is allowed, without the value. */
  readonly parse: (text: string | undefined, around: Surroundings) => E.Either<string, T>
}

interface Described {
  readonly name: string
  readonly meaning: string
  readonly secret?: boolean
  readonly isNumber?: boolean
  readonly use?: Use
  readonly allowed?: string
}

const setting = <T>(described: Described, byDefault: string | undefined, parse: Setting<T>['parse']): Setting<T> =>
  ({ secret: false, isNumber: false, ...described, byDefault, parse })

/** Any text; absent stays undefined. */
export const optionalText = (described: Described, byDefault?: string): Setting<string | undefined> =>
  setting(described, byDefault, (text) => E.right(text))

/** As optional, but it must be there in production, where nothing is embedded (design 2). */
export const embeddedUnlessProduction = (described: Described): Setting<string | undefined> =>
  setting(described, 'embedded', (text, { production }) =>
    (text === undefined && production ? E.left('is required when NODE_ENV is production') : E.right(text)))

export const text = (described: Described, byDefault: string): Setting<string> =>
  setting(described, byDefault, (given) => E.right(given ?? byDefault))

/** A whole number in plain digits within [least, most]. */
export const wholeNumber = (described: Described, byDefault: number, [least, most]: readonly [number, number]): Setting<number> =>
  setting({ ...described, isNumber: true, allowed: `${least} to ${most}` }, String(byDefault), (given) => {
    if (given === undefined) return E.right(byDefault)
    const value = /^\d{1,15}$/.test(given) ? Number(given) : Number.NaN
    return value >= least && value <= most ? E.right(value) : E.left(`must be a whole number from ${least} to ${most}`)
  })

/** A whole number in plain digits within [least, most], that is always set in production; elsewhere absent stays undefined. */
export const wholeNumberInProduction = (
  described: Described, inProduction: number, [least, most]: readonly [number, number],
): Setting<number | undefined> => {
  const { parse } = wholeNumber(described, inProduction, [least, most])
  return setting({ ...described, allowed: `${least} to ${most}` }, `${inProduction} in production`, (given, around) =>
    (given === undefined && !around.production ? E.right(undefined) : parse(given, around)))
}

export const oneOf = <T extends string>(described: Described, byDefault: T, allowed: ReadonlyArray<T>): Setting<T> =>
  setting({ ...described, allowed: allowed.join(', ') }, byDefault, (given) => {
    const found = given === undefined ? byDefault : allowed.find((value) => value === given)
    return found === undefined ? E.left(`must be one of ${allowed.join(', ')}`) : E.right(found)
  })

/** A comma list. Each part is parsed on its own. */
export const list = <T>(described: Described, parse: (part: string) => E.Either<string, T>, byDefault = ''): Setting<ReadonlyArray<T>> =>
  setting(described, byDefault, (given) => {
    const parts = (given ?? byDefault).split(',').map((part) => part.trim()).filter((part) => part !== '')
    const parsed = parts.map(parse)
    const wrong = parsed.findIndex(E.isLeft)
    return wrong >= 0 ? E.left(`entry ${wrong + 1} is not valid`) : E.right(parsed.flatMap((part) => (E.isRight(part) ? [part.right] : [])))
  })
